//! Time of the methods that grow fastest: PROMETHEE II and SMAA on 2,477 alternatives x 12 criteria.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_benches::criteria::{SHAPE, THRESHOLDS, table};
use diagnoza_core::progress::unwatched;
use diagnoza_core::selection::aggregate::{Preference, promethee2};
use diagnoza_core::selection::normalise::Orientation;
use diagnoza_core::selection::smaa::{WeightDraws, pairwise_winning, smaa};
use diagnoza_core::selection::weights::Weights;

const DRAWS: usize = 10_000;

fn methods(criterion: &mut Criterion) {
    let values = table(SHAPE);
    let (_, criteria) = SHAPE;
    let (q, p) = THRESHOLDS;
    let stimulants = vec![Orientation::Stimulant; criteria];
    let weights = Weights::equal(criteria).unwrap();
    let draws = WeightDraws::uniform(criteria, DRAWS, 1).unwrap();
    let few = table((183, criteria));

    let mut group = criterion.benchmark_group("selection");
    group.throughput(Throughput::Elements(1));
    for (name, preference) in
        [("promethee2_linear", Preference::Linear { q, p }), ("promethee2_usual", Preference::Usual)]
    {
        let preferences = vec![preference; criteria];
        group.bench_function(name, |bencher| {
            bencher
                .iter(|| promethee2(black_box(values.view()), &weights, &stimulants, &preferences).unwrap());
        });
    }
    group.sample_size(10);
    group.bench_function("smaa", |bencher| {
        bencher.iter(|| smaa(black_box(values.view()), &draws, &unwatched).unwrap());
    });
    group.bench_function("smaa_183", |bencher| {
        bencher.iter(|| smaa(black_box(few.view()), &draws, &unwatched).unwrap());
    });
    group.bench_function("pairwise_winning_183", |bencher| {
        bencher.iter(|| pairwise_winning(black_box(few.view()), &draws, &unwatched).unwrap());
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
}

criterion_group!(name = benches; config = settings(); targets = methods);
criterion_main!(benches);
