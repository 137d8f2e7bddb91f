use proptest::prelude::*;

use super::*;

fn two_way(rows: &[&[u64]]) -> FullTable {
    let mut leaves = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, count) in row.iter().enumerate() {
            leaves.push(Leaf::new(&[&format!("r{r}")], *count).across(&format!("c{c}")));
        }
    }
    FullTable::from_leaves(&["row"], Some("column"), &leaves, Absent::Refuse).unwrap()
}

fn one_way(counts: &[u64]) -> FullTable {
    let leaves: Vec<Leaf> =
        counts.iter().enumerate().map(|(i, count)| Leaf::new(&[&format!("g{i}")], *count)).collect();
    FullTable::from_leaves(&["gmina"], None, &leaves, Absent::Refuse).unwrap()
}

fn rules() -> DisclosureRules {
    DisclosureRules::default()
}

fn published(table: &FullTable, rules: DisclosureRules) -> (Protected, Vec<Option<u64>>) {
    let made = table.publish(&rules.check().unwrap()).unwrap();
    let counts = made.publication.cells().iter().map(PublicationCell::count).collect();
    (made, counts)
}

#[test]
fn a_lone_small_cell_takes_the_smallest_other_with_it() {
    let (made, counts) = published(&one_way(&[14, 2, 6, 9]), rules());
    assert_eq!(counts, [Some(31), Some(14), None, None, Some(9)]);
    assert_eq!((made.audit.search, made.audit.lost), (Search::Exact, 6));
    let statuses: Vec<CellStatus> = made.audit.cells.iter().map(|cell| cell.status).collect();
    assert_eq!(statuses, [CellStatus::PrimaryThreshold, CellStatus::Complementary]);
    assert_eq!((made.audit.cells[0].lower, made.audit.cells[0].upper), (1.0, Some(7.0)));
}

#[test]
fn two_small_cells_that_add_up_to_too_little_take_a_third() {
    // 1 + 1 = 2: each would be known to be 1, for zeros are published.
    let (_, counts) = published(&one_way(&[1, 1, 5, 20]), rules());
    assert_eq!(counts, [Some(27), None, None, None, Some(20)]);
    let (_, counts) = published(&one_way(&[2, 2, 5, 20]), rules());
    assert_eq!(counts.iter().flatten().count(), 3);
}

#[test]
fn margins_alone_do_not_give_a_cell_of_a_cross_table_back() {
    let table = two_way(&[&[2, 20, 30], &[10, 11, 12], &[40, 50, 60]]);
    let (made, counts) = published(&table, rules());
    // The cheapest rectangle through (r0, c0): rows r0, r1 and columns c0, c1.
    assert_eq!(made.audit.lost, 20 + 10 + 11);
    assert_eq!(counts.iter().flatten().count(), 16 - 4);
    let text = serde_json::to_string(&made.publication).unwrap();
    assert_eq!(serde_json::from_str::<PublicationTable>(&text).unwrap(), made.publication);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let hidden = json["cells"].as_array().unwrap().iter().filter(|cell| cell["count"].is_null()).count();
    assert_eq!(hidden, 4);
}

#[test]
fn hierarchies_are_protected_at_every_level() {
    let leaf = |path: [&str; 2], count| Leaf::new(&path, count);
    let leaves = [
        leaf(["a", "a1"], 1),
        leaf(["a", "a2"], 30),
        leaf(["b", "b1"], 8),
        leaf(["b", "b2"], 9),
        leaf(["c", "c1"], 2),
    ];
    let table = FullTable::from_leaves(&["powiat", "gmina"], None, &leaves, Absent::Refuse).unwrap();
    let (made, _) = published(&table, rules());
    let hidden: Vec<String> = made.audit.cells.iter().map(|cell| cell.path.join("/")).collect();
    // c has one gmina: both are small, and another powiat hides them; a1 needs a2 or its powiat.
    assert!(
        hidden.contains(&"c".to_owned())
            && hidden.contains(&"c/c1".to_owned())
            && hidden.contains(&"a/a1".to_owned())
    );
    assert!(attack(&made.publication).unwrap().require(2.0).is_ok());
}

#[test]
fn dominance_needs_more_than_three_quarters_of_the_cell() {
    let leaf = |unit: &str, who: &str, count| Leaf {
        contributor: Some(who.to_owned()),
        ..Leaf::new(&[unit], count)
    };
    let leaves = [
        leaf("a", "x", 30),
        leaf("a", "y", 10),
        leaf("b", "x", 31),
        leaf("b", "y", 10),
        leaf("c", "z", 20),
        leaf("c", "y", 20),
        leaf("d", "z", 60),
        leaf("d", "w", 60),
    ];
    let table = FullTable::from_leaves(&["gmina"], None, &leaves, Absent::Refuse).unwrap();
    let (made, counts) = published(&table, rules());
    let b = &made.audit.cells.iter().find(|cell| cell.path == ["b"]).unwrap();
    assert_eq!((b.status, b.required_upper), (CellStatus::PrimaryDominance, Some(42.0)));
    assert!(counts[0].is_some() && counts[1..].iter().filter(|count| count.is_none()).count() == 2);
    let (_, free) = published(&table, DisclosureRules { dominance: None, ..rules() });
    assert!(free.iter().all(Option::is_some));
    // 30 of 40 is three quarters and not more.
    let dominated = made.audit.cells.iter().filter(|cell| cell.status == CellStatus::PrimaryDominance);
    assert_eq!(dominated.map(|cell| cell.path.concat()).collect::<Vec<_>>(), ["b"]);
}

#[test]
fn zeros_are_published_or_suppressed_by_name() {
    let table = one_way(&[0, 2, 6, 9]);
    assert_eq!(published(&table, rules()).1[1], Some(0));
    let hidden = DisclosureRules { zeros: ZeroRule::Suppress, ..rules() };
    let (made, counts) = published(&table, hidden);
    assert_eq!(counts[1], None);
    assert!(made.audit.cells.iter().all(|cell| cell.lower < 0.5));
}

#[test]
fn shown_reasons_are_used_by_the_attacker() {
    let shown = DisclosureRules { reasons: ReasonRule::Shown, ..rules() };
    let (made, _) = published(&one_way(&[14, 2, 6, 9]), shown);
    let first = &made.audit.cells[0];
    assert_eq!((first.lower, first.upper), (1.0, Some(2.0)));
    assert_eq!(made.publication.cells()[2].status(), CellStatus::PrimaryThreshold);
    // Two persons in two gminas: that both totals are small gives everything away.
    let error = one_way(&[1, 1]).publish(&shown.check().unwrap()).unwrap_err();
    assert!(error.to_string().contains("hide the reasons"), "{error}");
    assert!(one_way(&[1, 1]).publish(&rules().check().unwrap()).is_ok());
}

#[test]
fn the_attacker_finds_what_a_careless_publication_gives_away() {
    let cell = |path: &[&str], count| (path.iter().map(|&p| p.to_owned()).collect(), None, count);
    let checked = rules().check().unwrap();
    let table = [cell(&[], Some(31)), cell(&["a"], Some(14)), cell(&["b"], None), cell(&["c"], Some(15))];
    let found =
        attack(&PublicationTable::from_published(&["gmina"], None, &table, &checked).unwrap()).unwrap();
    assert_eq!((found.cells[0].lower, found.cells[0].upper), (2.0, Some(2.0)));
    let error = found.require(1.0).unwrap_err().to_string();
    assert!(error.starts_with("b is suppressed but can be narrowed to 2 - 2"), "{error}");
    let wrong = [cell(&[], Some(3)), cell(&["a"], Some(14)), cell(&["b"], None)];
    let wrong = PublicationTable::from_published(&["gmina"], None, &wrong, &checked).unwrap();
    assert!(matches!(attack(&wrong), Err(DisclosureError::Contradiction { .. })));
    // Without the total nothing bounds the cell.
    let open = PublicationTable::from_published(&["gmina"], None, &table[1..], &checked).unwrap();
    assert_eq!(attack(&open).unwrap().cells[0].upper, None);
}

#[test]
fn tables_that_do_not_fit_are_refused_by_row() {
    let made = |levels: &[&str], across, leaves: &[Leaf]| {
        FullTable::from_leaves(levels, across, leaves, Absent::Refuse).map(|_| ()).unwrap_err().to_string()
    };
    assert!(made(&["g"], None, &[]).contains("no rows"));
    assert!(made(&["g"], None, &[Leaf::new(&["a", "b"], 1)]).contains("row 1: 2 labels"));
    assert!(made(&["g"], None, &[Leaf::new(&[" "], 1)]).contains("row 1: 0 labels"));
    assert!(
        made(&["g"], None, &[Leaf::new(&["a"], 1), Leaf::new(&["a"], 2)])
            .contains("row 2: the cell a is there twice")
    );
    assert!(made(&["g"], Some("f"), &[Leaf::new(&["a"], 1)]).contains("second classification"));
    let cross = [Leaf::new(&["a"], 1).across("x"), Leaf::new(&["b"], 1).across("y")];
    assert!(made(&["g"], Some("f"), &cross).contains("a, y is not in the table"));
    assert!(FullTable::from_leaves(&["g"], Some("f"), &cross, Absent::Zero).is_ok());
    assert!(made(&["g"], None, &[Leaf { largest: Some(3), ..Leaf::new(&["a"], 2) }]).contains("has 3 of 2"));
    assert!(
        made(&["g"], None, &[Leaf::new(&["a"], u64::MAX >> 8), Leaf::new(&["b"], 1)]).contains("too many")
    );
    assert!(DisclosureRules { threshold: 0, ..rules() }.check().is_err());
    assert!(DisclosureRules { dominance: Some(f64::NAN), ..rules() }.check().is_err());
}

/// Every choice of complementary cells of a small table, by the attack alone.
fn cheapest_by_trial(table: &FullTable, rules: DisclosureRules) -> u64 {
    let (made, _) = published(table, rules);
    let primary: Vec<usize> = (0..table.cells().len())
        .filter(|&i| {
            let cell = &table.cells()[i];
            made.audit.cells.iter().any(|a| {
                a.path == cell.path()
                    && a.across.as_deref() == cell.across()
                    && a.status == CellStatus::PrimaryThreshold
            })
        })
        .collect();
    let free: Vec<usize> =
        (0..table.cells().len()).filter(|i| !primary.contains(i) && table.cells()[*i].count() > 0).collect();
    let checked = rules.check().unwrap();
    let mut best = u64::MAX;
    for choice in 0..1_u32 << free.len() {
        let also: Vec<usize> =
            (0..free.len()).filter(|bit| choice >> bit & 1 == 1).map(|bit| free[bit]).collect();
        let lost: u64 = also.iter().map(|&i| table.cells()[i].count()).sum();
        if lost >= best {
            continue;
        }
        let cells: Vec<_> = table
            .cells()
            .iter()
            .enumerate()
            .map(|(i, cell)| {
                let hidden = primary.contains(&i) || also.contains(&i);
                (cell.path().to_vec(), cell.across().map(str::to_owned), (!hidden).then_some(cell.count()))
            })
            .collect();
        let across = table.cells().iter().any(|cell| cell.across().is_some()).then_some("column");
        let view = PublicationTable::from_published(&["row"], across, &cells, &checked).unwrap();
        let safe = attack(&view)
            .unwrap()
            .cells
            .iter()
            .filter(|cell| primary.contains(&cell.place))
            .all(|cell| cell.upper.unwrap_or(f64::INFINITY) >= 3.0 && cell.width() >= 2.0);
        if safe {
            best = lost;
        }
    }
    best
}

/// Counts of which many are small.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..4_u64, 2 => 3..20_u64, 1 => 20..500_u64]
}

fn any_rules() -> impl Strategy<Value = DisclosureRules> {
    (2..6_u64, any::<bool>(), 0..3_u64, prop::option::of(1..5_u64)).prop_map(
        |(threshold, zeros, beyond, width)| DisclosureRules {
            threshold,
            zeros: if zeros { ZeroRule::Publish } else { ZeroRule::Suppress },
            protection: Protection { beyond_threshold: beyond, width },
            ..rules()
        },
    )
}

fn check_view(table: &FullTable, rules: DisclosureRules) -> Result<(), TestCaseError> {
    let (made, counts) = published(table, rules);
    let attacked = attack(&made.publication).unwrap();
    let mut place = attacked.cells.iter();
    for (full, count) in table.cells().iter().zip(&counts) {
        match count {
            Some(count) => {
                prop_assert_eq!(*count, full.count());
                let small =
                    full.count() < rules.threshold && (full.count() > 0 || rules.zeros == ZeroRule::Suppress);
                prop_assert!(!small);
            }
            None => {
                let cell = place.next().unwrap();
                let truth = full.count() as f64;
                prop_assert!(cell.lower <= truth && cell.upper.unwrap_or(truth) >= truth);
                prop_assert!(cell.width() > 1e-6, "{:?}", cell);
                if full.count() < rules.threshold {
                    let reach = (rules.threshold - 1 + rules.protection.beyond_threshold) as f64;
                    prop_assert!(cell.upper.unwrap_or(f64::INFINITY) >= reach);
                    prop_assert!(
                        cell.width() >= rules.protection.width.unwrap_or((rules.threshold - 1).max(1)) as f64
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_suppressed_cell_of_a_list_is_narrowed(counts in prop::collection::vec(count(), 1..12), rules in any_rules()) {
        check_view(&one_way(&counts), rules)?;
    }

    #[test]
    fn no_suppressed_cell_of_a_cross_table_is_narrowed(
        rows in (1..4_usize, 1..4_usize).prop_flat_map(|(r, c)| prop::collection::vec(prop::collection::vec(count(), c), r)),
        rules in any_rules(),
    ) {
        let rows: Vec<&[u64]> = rows.iter().map(Vec::as_slice).collect();
        check_view(&two_way(&rows), rules)?;
    }

    #[test]
    fn no_suppressed_cell_of_a_hierarchy_is_narrowed(
        powiats in prop::collection::vec(prop::collection::vec(count(), 1..4), 1..4), rules in any_rules(),
    ) {
        let mut leaves = Vec::new();
        for (p, gminas) in powiats.iter().enumerate() {
            for (g, count) in gminas.iter().enumerate() {
                leaves.push(Leaf::new(&[&format!("p{p}"), &format!("g{g}")], *count));
            }
        }
        check_view(&FullTable::from_leaves(&["powiat", "gmina"], None, &leaves, Absent::Refuse).unwrap(), rules)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_exact_choice_loses_least_of_all(rows in prop::collection::vec(prop::collection::vec(count(), 2), 2)) {
        let rows: Vec<&[u64]> = rows.iter().map(Vec::as_slice).collect();
        let table = two_way(&rows);
        let (made, _) = published(&table, rules());
        if made.audit.search == Search::Exact {
            prop_assert_eq!(made.audit.lost, cheapest_by_trial(&table, rules()));
        }
    }
}
