//! What is said of alternatives in sentences.

use super::super::number::{number, percent};
use super::super::question::Question;
use super::{over, wished};
use crate::plan::alternative::{Alternative, CLEARLY, Figures, Missed, Standing, Wish};
use crate::study::alternatives::Alternatives;

/// What a wish is called.
pub fn name(asked: &Question, wish: Wish) -> &'static str {
    match wish {
        Wish::FewestSchools => asked.pick("学校最少", "fewest schools"),
        Wish::FewestMoves => asked.pick("轮岗最少", "fewest moves"),
        Wish::SmoothestYears => asked.pick("各年最均匀", "smoothest years"),
        Wish::LeastMoney => asked.pick("花钱最少", "least money"),
        Wish::MostDifferent => asked.pick("差别最大", "most different"),
    }
}

/// What was asked.
pub fn terms(asked: &Question, found: &Alternatives) -> String {
    let (within, moving) = (percent(found.terms.within), percent(found.terms.moving));
    asked.pick(
        format!("参照方案即 junheng solve 的方案。每个备选方案：缺口最多大 {within}，至少 {moving} 的资金改投别处（换了学校、措施或年份），各按一个愿望尽量做到最好；全部取整并逐条核对"),
        format!("The reference is the plan of junheng solve. Every alternative: a gap at most {within} larger, at least {moving} of the money elsewhere (another school, measure or year), and as good as can be by one wish; all in whole units and audited"),
    )
}

/// How the table is to be read.
pub fn foot(asked: &Question) -> String {
    asked
        .pick(
            "改投别处：Σ max(0, 本方案金额 − 参照方案金额)，逐校、逐措施、逐开始年份相比，占两方案中较大总额的比例；由哪笔资金支付不算。涉及学校：得到配置或派出轮岗教师的学校。年度相差：支出最多的年份减最少的年份",
            "elsewhere: Σ max(0, this plan's money − the reference's) over school, measure and year of beginning, of the larger of both totals; which fund pays does not count. schools: those that get something or give posts in a rotation. years differ by: the dearest year less the cheapest",
        )
        .to_string()
}

/// Of what the plans are within the terms.
pub fn standing(asked: &Question, found: &Alternatives) -> Vec<String> {
    let plans: Vec<(Wish, &Alternative)> = found.plans().collect();
    let names = |standing: Standing| {
        let of = plans.iter().filter(|(_, one)| one.standing == standing);
        let names: Vec<&str> = of.map(|(wish, _)| name(asked, *wish)).collect();
        (!names.is_empty()).then(|| names.join(asked.pick("、", ", ")))
    };
    let within = percent(found.terms.within);
    let bound = number(found.bound);
    let unit = asked.gap_unit();
    let above = percent(over(found.reference.gap, found.bound));
    let clearly = percent(CLEARLY);
    let near_bound = names(Standing::NearBound).map(|names| match found.terms.within > 0.0 {
        true => asked.pick(
            format!("{names}：已证明近优——任何方案的缺口都不低于 {bound} {unit}，这些方案高出不到 {within}"),
            format!("{names}: proven near the best – no plan has a gap below {bound} {unit}, and these are at most {within} above it"),
        ),
        false => asked.pick(
            format!("{names}：已证明最优——任何方案的缺口都不低于 {bound} {unit}，这些方案正好达到"),
            format!("{names}: proven best – no plan has a gap below {bound} {unit}, which these have"),
        ),
    });
    let near_reference = names(Standing::NearReference).map(|names| {
        asked.pick(
            format!("{names}：缺口比参照方案大不到 {within}；参照方案本身因取整高出下界 {above}，所以比下界高出 {within} 以上，与最优整数方案相差多少尚无证明。高出下界不到 {within} 的方案优先；没有这样的方案，或按其愿望比这样的方案好 {clearly} 以上的，才列在这里"),
            format!("{names}: at most {within} above the reference; that one itself is {above} above the bound, since posts and things come in whole units, so that these are more than {within} above the bound, and how far they are from the best plan in whole units is not proven. A plan at most {within} above the bound goes first: these are taken where none was found, or where they are better by their wish by more than {clearly}"),
        )
    });
    near_bound.into_iter().chain(near_reference).collect()
}

/// Which wishes have no plan, and why.
pub fn missed(asked: &Question, found: &Alternatives) -> Vec<String> {
    let none = found
        .found
        .iter()
        .filter_map(|(wish, one)| Some((*wish, one.as_ref().err()?)));
    let impossible = none
        .clone()
        .filter(|(_, why)| matches!(why, Missed::Impossible))
        .map(|(wish, _)| name(asked, wish));
    let names: Vec<&str> = impossible.collect();
    let mut points = Vec::new();
    if !names.is_empty() {
        points.push(impossible_terms(
            asked,
            found,
            &names.join(asked.pick("、", ", ")),
        ));
    }
    let others = none.filter(|(_, why)| !matches!(why, Missed::Impossible));
    points.extend(others.map(|(wish, why)| one_missed(asked, found, wish, why)));
    points
}

fn impossible_terms(asked: &Question, found: &Alternatives, names: &str) -> String {
    let (within, moving) = (percent(found.terms.within), percent(found.terms.moving));
    asked.pick(
        format!("{names}：没有方案——已证明缺口大不到 {within} 时，改投不了 {moving} 的资金"),
        format!("{names}: no plan – proven: {moving} of the money cannot go elsewhere with a gap at most {within} larger"),
    )
}

fn one_missed(asked: &Question, found: &Alternatives, wish: Wish, why: &Missed) -> String {
    let name = name(asked, wish);
    match why {
        Missed::Nothing => asked.pick(
            format!("{name}：参照方案没有轮岗，无可再少"),
            format!("{name}: the reference moves nobody, fewer cannot be"),
        ),
        Missed::Rounding(nearest) => rounding(asked, found, name, nearest),
        Missed::Halted => asked.pick(
            format!("{name}：求解被中止，没有结果"),
            format!("{name}: the search was stopped before it came to a plan"),
        ),
        Missed::Impossible | Missed::NotFound => asked.pick(
            format!("{name}：没有找到两个条件都满足的方案，也没有证明不存在"),
            format!(
                "{name}: no plan that keeps both terms was found; that there is none is not proven"
            ),
        ),
    }
}

fn rounding(asked: &Question, found: &Alternatives, name: &str, nearest: &Figures) -> String {
    let above = percent(over(nearest.gap, found.reference.gap));
    let moved = percent(nearest.moved.share());
    asked.pick(
        format!("{name}：不取整时做得到，取整后没有找到两个条件都满足的方案；最接近的改投 {moved}，缺口比参照方案大 {above}"),
        format!("{name}: possible before whole units, but no plan in whole units was found that keeps both terms; the nearest has {moved} elsewhere and a gap {above} above the reference"),
    )
}

/// How much can be moved, and at what loss.
pub fn prospect(asked: &Question, found: &Alternatives) -> String {
    let within = percent(found.terms.within);
    let moving = percent(found.terms.moving);
    let above = |gap: Option<f64>| gap.map(|gap| over(gap, found.bound).max(0.0));
    let most = range(
        asked,
        found.prospect.most_moved.found,
        found.prospect.most_moved.proven,
        asked.pick("不超过", "at most"),
    );
    let least = range(
        asked,
        above(found.prospect.least_gap.found),
        above(found.prospect.least_gap.proven),
        asked.pick("不低于", "at least"),
    );
    asked.pick(
        format!("不取整时：缺口比参照方案大不到 {within}，资金最多可改投 {most}；改投 {moving}，缺口最少比下界高 {least}"),
        format!("Before whole units: with a gap at most {within} above the reference, the most that can go elsewhere is {most} of the money; with {moving} elsewhere, the gap is above the bound by {least}"),
    )
}

fn range(asked: &Question, found: Option<f64>, proven: Option<f64>, no_better: &str) -> String {
    let unknown = || asked.pick("（未求得）", "(not found)").to_string();
    let shown = found.map_or_else(unknown, percent);
    match (found, proven) {
        (Some(found), Some(proven)) if (found - proven).abs() <= 5e-4 => {
            asked.pick(format!("{shown}（已证明）"), format!("{shown} (proven)"))
        }
        (_, Some(proven)) if proven.is_finite() => {
            let proven = percent(proven);
            asked.pick(
                format!("{shown}（已证明{no_better} {proven}）"),
                format!("{shown} (proven: {no_better} {proven})"),
            )
        }
        (_, Some(_)) => asked
            .pick("（已证明做不到）", "(proven impossible)")
            .to_string(),
        _ => shown,
    }
}

/// What became of the plan's own wish.
pub fn wish(asked: &Question, found: &Alternatives, wish: Wish, one: &Alternative) -> String {
    let (before, after) = (
        wished(asked, wish, &found.reference),
        wished(asked, wish, &one.figures),
    );
    let what = match wish {
        Wish::FewestSchools => asked.pick("涉及学校", "schools"),
        Wish::FewestMoves => asked.pick("轮岗人次", "posts moved"),
        Wish::SmoothestYears => asked.pick("各年支出相差", "years differ by"),
        Wish::LeastMoney => asked.pick("金额", "money"),
        Wish::MostDifferent => asked.pick("改投别处", "elsewhere"),
    };
    let better = wish.measure(&one.figures) < wish.measure(&found.reference);
    let remark = match better {
        true => "",
        false => asked.pick("（没有比参照方案更好）", " (no better than the reference)"),
    };
    asked.pick(
        format!("{what}：{before} → {after}{remark}"),
        format!("{what}: {before} → {after}{remark}"),
    )
}

/// That a plan is that of another wish, if it is shown there.
pub fn same(
    asked: &Question,
    found: &Alternatives,
    wish: Wish,
    one: &Alternative,
) -> Option<String> {
    let other = one.made_for;
    let shown = found
        .plans()
        .any(|(at, plan)| at == other && plan.made_for == other);
    (other != wish && shown).then(|| {
        let (own, other) = (name(asked, wish), name(asked, other));
        asked.pick(
            format!("{own}：与“{other}”是同一方案，没有找到更好的"),
            format!("{own}: the same plan as for {other}, none better was found"),
        )
    })
}
