//! What the tools cost and when that is decided again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Currency, Date, Duration, Money, Name, Owner, Ref, RefMap, Share, Tool, choices};

/// An agreement with a vendor about one tool or several.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Contract {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About<Option<Name>>,
    /// The tools that it pays for. Default: the tool of the same id.
    pub covers: Option<Vec<Ref<Tool>>>,
    /// Who is paid.
    pub vendor: Option<String>,
    /// What it costs a year.
    pub annual_cost: Option<Money>,
    /// The currency of the cost. Default: the stack's.
    pub currency: Option<Currency>,
    /// Marketing's part of the cost. Default: 1.
    pub share: Option<Share>,
    /// How the cost is divided among the tools.
    pub allocation: Option<RefMap<Tool, Share>>,
    /// The first day.
    pub start: Option<Date>,
    /// The day on which it ends or begins anew.
    pub renewal: Option<Date>,
    /// How many days before renewal notice must be given.
    pub notice_days: Option<u32>,
    /// Whether it begins anew by itself.
    pub auto_renew: Option<bool>,
    /// How long a term is.
    pub term: Option<Duration>,
    /// How many people may use it.
    pub seats: Option<u32>,
    /// How many do.
    pub seats_used: Option<u32>,
    /// Who decides about it.
    pub owner: Option<Owner>,
    /// What happens to it when the company is sold.
    pub change_of_control: Option<ChangeOfControl>,
    /// Where it is filed.
    pub reference: Option<String>,
}

impl Contract {
    /// Returns the last day to decide about the next term: where it begins anew by itself, the last day to give notice;
    /// otherwise the renewal date. Notice that nobody documented counts as none.
    pub fn last_day_to_decide(&self) -> Option<Date> {
        let notice = if self.auto_renew == Some(true) { self.notice_days.unwrap_or(0) } else { 0 };
        Some(self.renewal?.plus_days(-i64::from(notice)))
    }

    /// Returns who is paid, where somebody says so.
    pub fn paid(&self) -> Option<&str> {
        self.vendor.as_deref().map(str::trim).filter(|vendor| !vendor.is_empty())
    }
}

choices! {
    /// What happens to a contract when the company is sold.
    ChangeOfControl {
        /// It goes over to the buyer.
        Assignable,
        /// The vendor must agree.
        Consent,
        /// It ends.
        Terminates,
        /// Nobody has looked.
        Unknown,
    }
}
