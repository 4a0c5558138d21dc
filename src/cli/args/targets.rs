//! The arguments of `targets`.

use clap::Args;

use super::compare::FormOptions;
use super::filter::FilterOptions;
use plansearch_engine::YearRange;
use plansearch_target::{Binding, Horizon};
use plansearch_targets::Condition;

/// Options of `targets`.
#[derive(Debug, Args)]
#[command(after_help = "\
Rows of tables of indicators and targets in running text, each with its figure, unit,
year, base, and whether it is aimed at (target), reached (done) or expected (estimate).
Where a name is that of an indicator itself, what only has it as a part is left out.

Examples:
  plansearch targets 港口                            in passages on ports
  plansearch targets --name 地区生产总值 --horizon target --target-year 2026
  plansearch targets --where 'value>=500亿元' --target-year 2025..2030
  plansearch targets --doc 嘉兴港区 --binding 约束性 --format xlsx -o 指标.xlsx

Exit status: 0 records, 1 none, 2 an error.")]
pub struct TargetsOptions {
    /// Words of the passages; several words are one query, without one all passages.
    #[arg(value_name = "QUERY")]
    pub words: Vec<String>,
    /// Name of an indicator, or a part of it.
    #[arg(long, value_name = "PART")]
    pub name: Vec<String>,
    /// Year of the target, or a range: 2025, 2021..2025.
    #[arg(long, value_name = "YEARS")]
    pub target_year: Vec<YearRange>,
    /// A condition on the figure, each required: value>=500亿元. Units are converted.
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<Condition>,
    /// Aimed at, reached or expected: target, done or estimate.
    #[arg(long, value_name = "HORIZON", value_parser = parse_horizon)]
    pub horizon: Vec<Horizon>,
    /// 约束性 or 预期性.
    #[arg(long, value_name = "BINDING", value_parser = parse_binding)]
    pub binding: Vec<Binding>,
    /// What the passages are of.
    #[command(flatten)]
    pub filter: FilterOptions,
    /// How many records, at most; without it 50, in a file all.
    #[arg(short = 'n', long, value_name = "N")]
    pub limit: Option<usize>,
    /// How many records to pass over.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// How the answer is written.
    #[command(flatten)]
    pub form: FormOptions,
}

fn parse_horizon(name: &str) -> Result<Horizon, String> {
    Horizon::from_name(name).ok_or_else(|| {
        let names = Horizon::ALL.map(Horizon::name);
        format!("the horizons are {}", names.join(", "))
    })
}

fn parse_binding(name: &str) -> Result<Binding, String> {
    Binding::from_name(name).ok_or_else(|| {
        let names = Binding::ALL.map(Binding::name);
        format!("the bindings are {}", names.join("、"))
    })
}
