//! The company itself: `[stack]`, `[site]` and `[charter]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Checklist, Colour, Currency, Date, FilePath, Glob, Markdown, Money, Name, Owner, Person, Ref, Risk, SourceUrl, Tool, Url, choices,
};

/// The company whose stack this is. Its file marks the root of the stack.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Company {
    /// The name of the company.
    pub name: Name,
    /// What a newcomer should know about the company and its marketing, as Markdown.
    pub description: Option<Markdown>,
    /// The company's own site.
    pub website: Option<Url>,
    /// The currency of every amount that does not name another. Default: `USD`.
    pub currency: Option<Currency>,
    /// What one unit of another currency is worth in the stack's own.
    #[serde(default)]
    #[schemars(schema_with = "rates")]
    pub rates: BTreeMap<String, f64>,
    /// Revenue of the last full year.
    pub annual_revenue: Option<Money>,
    /// People in marketing.
    pub marketing_headcount: Option<u32>,
    /// The hub that everything should reach, usually the CRM.
    pub system_of_record: Option<Ref<Tool>>,
    /// Words of your own beside the built-in vocabulary of capabilities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<super::Slug>,
    /// Files that do not belong to the stack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<Glob>,
    /// Makes every fact on the site link to its line, such as `https://git.example.com/acme/stack/blob/main/{path}#L{line}`.
    pub source_url: Option<SourceUrl>,
    /// Freezes "today" for a snapshot; `--today` wins.
    pub as_of: Option<Date>,
    /// The assumptions behind every price.
    #[serde(default)]
    pub risk: Risk,
}

/// One unit of each currency in the stack's own.
fn rates(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "object", "additionalProperties": false,
        "patternProperties": { "^[A-Z]{3}$": { "type": "number", "exclusiveMinimum": 0 } }
    })
}

impl Company {
    /// Makes the company of a stack whose `[stack]` cannot be read.
    pub fn unnamed() -> Self {
        Self {
            name: Name::from(""),
            description: None,
            website: None,
            currency: None,
            rates: BTreeMap::new(),
            annual_revenue: None,
            marketing_headcount: None,
            system_of_record: None,
            capabilities: Vec::new(),
            exclude: Vec::new(),
            source_url: None,
            as_of: None,
            risk: Risk::default(),
        }
    }

    /// Returns the currency of the stack.
    pub fn currency(&self) -> &str {
        self.currency.as_ref().map_or("USD", Currency::as_str)
    }

    /// Returns what one unit of a currency is worth in the stack's own; nothing where `rates` does not say.
    pub fn rate(&self, currency: &str) -> Option<f64> {
        if currency == self.currency() { Some(1.0) } else { self.rates.get(currency).copied() }
    }

    /// Returns the annual revenue in US dollars, if it can be told: it is known, and so is the rate.
    pub fn revenue_in_usd(&self) -> Option<f64> {
        Some(self.annual_revenue?.0 / self.rate("USD")?)
    }

    /// Returns an amount in the stack's currency as messages write it, such as `USD 24,000`: whole units from 100 on.
    pub fn amount(&self, amount: f64) -> String {
        format!("{} {}", self.currency(), super::thousands(if amount < 100.0 { amount } else { amount.round() }))
    }
}

/// How the generated site looks and what it withholds.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The title of the site. Default: the marketing stack of the company.
    pub title: Option<Name>,
    /// The colour of links and marks. It is used by day, by night or both, wherever it has a contrast of 4.5 to 1.
    pub accent: Option<Colour>,
    /// A picture inside the stack's folder, shown beside the name: PNG, JPEG or WebP, at most 512 KiB. It is shown 40 pixels
    /// high, by day and by night, and stands on white by night.
    pub logo: Option<FilePath>,
    /// A line below every page.
    pub footer: Option<String>,
    /// Who may read the site, such as `Confidential`.
    pub confidentiality: Option<String>,
    /// What the site withholds. Read it before you hand it out: a text may tell the same in other words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redact: Vec<Redaction>,
}

choices! {
    /// Something that the site can withhold.
    Redaction {
        /// Addresses for mail, in their keys and in texts.
        Emails,
        /// Amounts of money: those in keys for money, values of metrics in a currency, and numbers beside a currency in texts.
        Prices,
        /// Who people are: each becomes `Person 3`, in texts and history too. Titles, descriptions, links, tags and all addresses
        /// for mail are left out; teams, employment and what they own stay. Nicknames and other spellings are not recognized.
        People,
    }
}

/// The mandate of marketing operations.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Charter {
    /// Who answers for marketing operations.
    pub owner: Option<Owner>,
    /// Whom they report to.
    pub reports_to: Option<Ref<Person>>,
    /// What they are there for, as Markdown.
    pub mandate: Option<Markdown>,
    /// Whether they decide about the budget for tools.
    pub budget_authority: Option<bool>,
    /// Who answers for each area.
    #[serde(default)]
    pub areas: Areas,
    /// What they do not do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_scope: Vec<String>,
    /// The checklist by which requests come in.
    pub intake: Option<Ref<Checklist>>,
    /// When somebody last confirmed that the charter is true.
    pub reviewed: Option<Date>,
}

/// The four areas of marketing operations.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Areas {
    /// Tools, integrations, access.
    pub technology: Option<Owner>,
    /// Lifecycle, routing, launches.
    pub process: Option<Owner>,
    /// Quality, cleaning, enrichment.
    pub data: Option<Owner>,
    /// Metrics, dashboards, attribution.
    pub reporting: Option<Owner>,
}

impl Areas {
    /// Returns each area by its key, with who answers for it.
    pub fn each(&self) -> [(&'static str, Option<&Owner>); 4] {
        [
            ("technology", self.technology.as_ref()),
            ("process", self.process.as_ref()),
            ("data", self.data.as_ref()),
            ("reporting", self.reporting.as_ref()),
        ]
    }
}

/// How personal data is governed.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Privacy {
    /// Laws in force, such as `gdpr`, `ccpa`, `can-spam`, `casl`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<super::Slug>,
    /// The person who answers for privacy.
    pub officer: Option<Ref<Person>>,
    /// The tool in which consent is recorded.
    pub consent_tool: Option<Ref<Tool>>,
    /// The tool whose word on who may not be contacted is final.
    pub suppression_tool: Option<Ref<Tool>>,
    /// The runbook for requests to be forgotten.
    pub erasure_runbook: Option<Ref<super::Runbook>>,
    /// Where the company's data is at home, such as `eu`.
    pub home_region: Option<super::Slug>,
}

#[cfg(test)]
mod tests {
    use super::{Company, Currency, Money};

    #[test]
    fn revenue_is_told_in_dollars_only_where_the_rate_is_known() {
        let company = |currency: Option<&str>, rate: Option<f64>| Company {
            currency: currency.map(Currency::from),
            rates: rate.map(|rate| ("USD".to_owned(), rate)).into_iter().collect(),
            annual_revenue: Some(Money(46_000_000.0)),
            ..Company::unnamed()
        };
        assert_eq!(company(None, None).revenue_in_usd(), Some(46_000_000.0));
        assert_eq!(company(Some("USD"), Some(2.0)).revenue_in_usd(), Some(46_000_000.0));
        assert_eq!(company(Some("EUR"), Some(0.92)).revenue_in_usd(), Some(50_000_000.0));
        assert_eq!(company(Some("EUR"), None).revenue_in_usd(), None);
        assert_eq!(Company::unnamed().revenue_in_usd(), None);
    }
}
