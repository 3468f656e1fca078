//! The result of an audit.

use serde_json::{Value, json};

use super::page::Page;
use super::question::Question;
use super::verdict::{audit_line, breaches};
use crate::plan::Audit;

/// The audit as a page.
pub fn page(asked: &Question, audit: &Audit) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("核对", "Audit"));
    page.text(audit_line(asked, audit));
    page.list(breaches(asked, audit));
    page
}

/// The audit for programs.
pub fn json(asked: &Question, audit: &Audit) -> Value {
    json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "kept": audit.breaches.is_empty(),
        "checked": audit.checked,
        "breaches": breaches_json(asked, audit),
    })
}

/// The rules that are broken, for programs.
pub fn breaches_json(asked: &Question, audit: &Audit) -> Vec<Value> {
    let one = |breach: &crate::plan::Breach| json!({ "rule": breach.rule, "message": asked.of(&breach.message) });
    audit.breaches.iter().map(one).collect()
}
