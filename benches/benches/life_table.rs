//! Time of a life table: 1,000 tables of 101 single years from death rates, one after another.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its own input has nothing to measure")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use diagnoza_core::demography::Sexes;
use diagnoza_core::demography::life_table::{LifeTable, Rules};

const TABLES: u32 = 1_000;

fn from_mx(criterion: &mut Criterion) {
    let ages: Vec<u32> = (0..=100).collect();
    let rates: Vec<Vec<f64>> = (0..TABLES)
        .map(|table| {
            let level = 1.0 + f64::from(table % 50) / 100.0;
            ages.iter().map(|&age| level * (1e-4 + 3e-5 * (0.095 * f64::from(age)).exp())).collect()
        })
        .collect();
    let rules = Rules::default();
    let mut group = criterion.benchmark_group("life_table");
    group.throughput(Throughput::Elements(u64::from(TABLES)));
    group.bench_function("from_mx", |bencher| {
        bencher.iter(|| {
            for mx in &rates {
                black_box(LifeTable::from_mx(black_box(&ages), mx, Sexes::Female, &rules).unwrap());
            }
        });
    });
    group.finish();
}

fn settings() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group!(name = benches; config = settings(); targets = from_mx);
criterion_main!(benches);
