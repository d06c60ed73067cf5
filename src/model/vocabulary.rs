//! Words that ship with linchpin: capabilities, grouped by the category of tool that usually has them, and objects.

/// Objects that a stack may name without declaring them, with what they mean.
pub const OBJECTS: &[(&str, &str)] = &[
    ("lead", "a person who may buy, before sales has accepted them"),
    ("contact", "a person whom sales or success knows"),
    ("account", "a company"),
    ("opportunity", "a sale in progress"),
    ("campaign", "a marketing effort with a goal and a period"),
    ("campaign-member", "a person's part in a campaign"),
    ("activity", "something that a person did or that was done with them"),
    ("event", "a signal from a site, product or tool"),
    ("consent", "what a person has agreed to, and when"),
    ("audience", "a list of people or companies"),
    ("report", "numbers that are read together"),
];

/// The objects among these whose records are always about people.
pub const PEOPLE: [&str; 4] = ["lead", "contact", "campaign-member", "consent"];

/// Capabilities by the category of tool that usually has them.
pub const CAPABILITIES: &[(&str, &[&str])] = &[
    (
        "advertising",
        &[
            "ad-buying",
            "ad-creative",
            "ad-measurement",
            "audience-targeting",
            "bid-management",
            "conversion-tracking",
            "lead-ads",
            "retargeting",
        ],
    ),
    (
        "content",
        &[
            "asset-management",
            "blogging",
            "content-calendar",
            "content-management",
            "copywriting",
            "design-templates",
            "gated-content",
            "image-editing",
            "keyword-research",
            "link-shortening",
            "localization",
            "seo-audit",
            "utm-building",
            "video-analytics",
            "video-hosting",
        ],
    ),
    (
        "web",
        &[
            "ab-testing",
            "forms",
            "landing-pages",
            "page-building",
            "personalization",
            "pop-ups",
            "progressive-profiling",
            "surveys",
            "tag-management",
            "website-hosting",
        ],
    ),
    (
        "email-and-automation",
        &[
            "dynamic-content",
            "email-sending",
            "email-templates",
            "lead-nurturing",
            "preference-center",
            "push-notifications",
            "segmentation",
            "send-time-optimization",
            "sms-sending",
            "subscription-management",
            "transactional-email",
            "workflow-automation",
        ],
    ),
    (
        "engagement",
        &[
            "advocacy-programs",
            "chatbots",
            "community-hosting",
            "direct-mail-sending",
            "event-check-in",
            "event-registration",
            "gifting",
            "live-chat",
            "referral-programs",
            "review-collection",
            "social-listening",
            "social-publishing",
            "webinar-hosting",
            "webinar-recording",
        ],
    ),
    (
        "abm",
        &[
            "account-advertising",
            "account-identification",
            "account-scoring",
            "buying-group-tracking",
            "intent-monitoring",
            "target-account-lists",
        ],
    ),
    (
        "crm-and-sales",
        &[
            "account-management",
            "call-recording",
            "call-tracking",
            "contact-management",
            "conversation-analysis",
            "deal-coaching",
            "forecasting",
            "lead-to-account-matching",
            "meeting-scheduling",
            "opportunity-management",
            "partner-management",
            "pipeline-management",
            "prospecting",
            "quoting",
            "sales-content",
            "sales-sequences",
            "territory-management",
        ],
    ),
    (
        "lead-management",
        &[
            "deduplication",
            "form-enrichment",
            "lead-assignment",
            "lead-capture",
            "lead-routing",
            "lead-scoring",
            "lifecycle-management",
            "list-import",
            "sla-tracking",
        ],
    ),
    ("customer", &["customer-health", "customer-onboarding", "nps-surveys", "renewal-management", "support-ticketing"]),
    (
        "data",
        &[
            "address-verification",
            "company-enrichment",
            "contact-enrichment",
            "data-cleansing",
            "data-ingestion",
            "data-modelling",
            "data-normalization",
            "data-quality-monitoring",
            "data-storage",
            "email-verification",
            "event-collection",
            "event-streaming",
            "identity-resolution",
            "record-synchronization",
            "reverse-etl",
            "schema-enforcement",
            "technographics",
        ],
    ),
    (
        "measurement",
        &[
            "attribution-modelling",
            "campaign-reporting",
            "cohort-analysis",
            "dashboards",
            "funnel-analysis",
            "heatmaps",
            "marketing-mix-modelling",
            "product-analytics",
            "revenue-reporting",
            "session-replay",
            "sql-analysis",
            "web-analytics",
        ],
    ),
    ("privacy", &["consent-banner", "consent-records", "data-subject-requests", "suppression-lists"]),
    (
        "management",
        &[
            "access-management",
            "approval-workflows",
            "budget-planning",
            "collaboration",
            "documentation",
            "incident-alerting",
            "project-planning",
            "resource-planning",
            "single-sign-on",
            "vendor-tracking",
        ],
    ),
];

/// Iterates over the built-in capabilities.
pub fn capabilities() -> impl Iterator<Item = &'static str> {
    CAPABILITIES.iter().flat_map(|(_, slugs)| slugs.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_capability_stands_in_the_vocabulary_once() {
        let all: Vec<&str> = super::capabilities().collect();
        let distinct: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), distinct.len());
        assert!(all.len() >= 120, "{} capabilities", all.len());
    }
}
