//! Time of an exact choice: 34 synthetic gminas in strata of 8, 12 and 14 with 1, 2 and 2 places, 48,048 sets.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_benches::gminas::{INCOMES, SETS, problem, scores};
use diagnoza_core::selection::prepared::{Prepared, PreparedDiversity};
use diagnoza_core::selection::{DiversityOver, DiversityPurpose, Locality, Spread};

fn diverse(purpose: DiversityPurpose) -> Prepared {
    let problem = problem();
    let gap = Spread::MaxMinGap;
    let income = PreparedDiversity::new(&problem, INCOMES.to_vec(), gap, 2, purpose, DiversityOver::Set, 0.0);
    problem.clone().with_diversity(income.unwrap()).unwrap()
}

fn choose(criterion: &mut Criterion) {
    let scores = scores();
    let mut group = criterion.benchmark_group("choose");
    group.throughput(Throughput::Elements(SETS));
    // Score and smallest difference of every set, none left out by a bound.
    let every = diverse(DiversityPurpose::TieBreak);
    group.bench_function("every_set", |bencher| {
        bencher.iter(|| {
            let mut best = (0.0_f64, 0.0_f64);
            every
                .for_each_feasible(black_box(&scores), &mut |_, score, gap| {
                    best = (best.0.max(score), best.1.max(gap.unwrap_or(0.0)));
                })
                .unwrap();
            black_box(best)
        });
    });
    let objective = diverse(DiversityPurpose::Objective);
    group.bench_function("most_diverse", |bencher| {
        bencher.iter(|| black_box(objective.choose_scores(black_box(&scores)).unwrap()));
    });
    let mut apart = problem();
    apart.locality = Locality::Forbid;
    group.bench_function("no_two_of_one_powiat", |bencher| {
        bencher.iter(|| black_box(apart.choose_scores(black_box(&scores)).unwrap()));
    });
    let quotas = problem();
    group.bench_function("quotas_only", |bencher| {
        bencher.iter(|| black_box(quotas.choose_scores(black_box(&scores)).unwrap()));
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group!(name = benches; config = settings(); targets = choose);
criterion_main!(benches);
