//! The taxonomy of tools: categories, their groups, and the areas of the map.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Where a tool stands on the map, in the order in which leads move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Brings people in.
    Advertising,
    /// What they meet first.
    Web,
    /// Where they are spoken to.
    Engagement,
    /// Moves them along.
    Automation,
    /// Where sales works.
    Sales,
    /// Where data is joined and carried.
    Data,
    /// Where it is looked at.
    Insight,
    /// What the team runs on.
    Management,
}

impl Area {
    /// All areas in the order of the map.
    pub const ALL: [Self; 8] =
        [Self::Advertising, Self::Web, Self::Engagement, Self::Automation, Self::Sales, Self::Data, Self::Insight, Self::Management];

    /// Returns the id that addresses of the area use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Advertising => "advertising",
            Self::Web => "web",
            Self::Engagement => "engagement",
            Self::Automation => "automation",
            Self::Sales => "sales",
            Self::Data => "data",
            Self::Insight => "insight",
            Self::Management => "management",
        }
    }

    /// Returns the caption of the area.
    pub fn label(self) -> &'static str {
        match self {
            Self::Advertising => "Advertising",
            Self::Web => "Web and content",
            Self::Engagement => "Engagement and events",
            Self::Automation => "Automation",
            Self::Sales => "CRM and sales",
            Self::Data => "Data and integration",
            Self::Insight => "Analytics and reporting",
            Self::Management => "Management",
        }
    }
}

/// Declares the categories: group, then each variant with its slug and its area.
macro_rules! categories {
    ($($group:literal { $($variant:ident $slug:literal $area:ident,)* })*) => {
        /// What sort of tool a tool is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the slugs are the field's own words")]
        pub enum Category { $($($variant,)*)* }

        impl Category {
            /// All categories, grouped as in the reference.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];

            /// Returns the word that a stack writes.
            pub fn slug(self) -> &'static str {
                match self { $($(Self::$variant => $slug,)*)* }
            }

            /// Returns the group of the taxonomy.
            pub fn group(self) -> &'static str {
                match self { $($(Self::$variant => $group,)*)* }
            }

            /// Returns where tools of the category stand on the map.
            pub fn area(self) -> Area {
                match self { $($(Self::$variant => Area::$area,)*)* }
            }
        }
    };
}

categories! {
    "advertising" {
        DisplayAdvertising "display-advertising" Advertising,
        MobileMarketing "mobile-marketing" Advertising,
        NativeAdvertising "native-advertising" Advertising,
        Pr "pr" Advertising,
        Print "print" Advertising,
        SearchAdvertising "search-advertising" Advertising,
        SocialAdvertising "social-advertising" Advertising,
        VideoAdvertising "video-advertising" Advertising,
    }
    "content" {
        ContentMarketing "content-marketing" Web,
        Cms "cms" Web,
        Dam "dam" Web,
        Design "design" Web,
        EmailMarketing "email-marketing" Automation,
        FormsSurveys "forms-surveys" Web,
        LandingPages "landing-pages" Web,
        LinkManagement "link-management" Web,
        DirectMail "direct-mail" Engagement,
        MarketingAutomation "marketing-automation" Automation,
        MobileApps "mobile-apps" Web,
        Personalization "personalization" Web,
        Experimentation "experimentation" Web,
        Seo "seo" Web,
        VideoMarketing "video-marketing" Web,
    }
    "relationships" {
        Abm "abm" Advertising,
        Advocacy "advocacy" Engagement,
        CallAnalytics "call-analytics" Engagement,
        Community "community" Engagement,
        Crm "crm" Sales,
        CustomerSuccess "customer-success" Sales,
        Events "events" Engagement,
        Influencers "influencers" Engagement,
        LiveChat "live-chat" Engagement,
        Loyalty "loyalty" Engagement,
        Reviews "reviews" Engagement,
        SocialMedia "social-media" Engagement,
        Webinars "webinars" Engagement,
    }
    "sales" {
        Affiliate "affiliate" Advertising,
        ConversationIntelligence "conversation-intelligence" Sales,
        Ecommerce "ecommerce" Sales,
        LeadRouting "lead-routing" Sales,
        PartnerMarketing "partner-marketing" Sales,
        ProximityIot "proximity-iot" Engagement,
        SalesEnablement "sales-enablement" Sales,
        SalesEngagement "sales-engagement" Sales,
        Scheduling "scheduling" Sales,
    }
    "data" {
        Attribution "attribution" Insight,
        BusinessIntelligence "business-intelligence" Insight,
        Cdp "cdp" Data,
        ConsentManagement "consent-management" Web,
        Dashboards "dashboards" Insight,
        DataEnrichment "data-enrichment" Data,
        DataQuality "data-quality" Data,
        DataWarehouse "data-warehouse" Data,
        Dmp "dmp" Data,
        Governance "governance" Management,
        IntegrationPlatform "integration-platform" Data,
        IntentData "intent-data" Data,
        Observability "observability" Insight,
        ProductAnalytics "product-analytics" Insight,
        ReverseEtl "reverse-etl" Data,
        SessionAnalytics "session-analytics" Insight,
        TagManagement "tag-management" Web,
        WebAnalytics "web-analytics" Insight,
    }
    "management" {
        Agile "agile" Management,
        AiAssistants "ai-assistants" Management,
        Budgeting "budgeting" Management,
        Collaboration "collaboration" Management,
        Expenses "expenses" Management,
        Identity "identity" Management,
        ProductManagement "product-management" Management,
        ProjectManagement "project-management" Management,
        Talent "talent" Management,
        VendorManagement "vendor-management" Management,
    }
    "other" {
        Other "other" Management,
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.slug())
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slug = Cow::<'_, str>::deserialize(deserializer)?;
        let known = Self::ALL.iter().find(|category| category.slug() == slug);
        known.copied().ok_or_else(|| de::Error::custom("no such category"))
    }
}

impl JsonSchema for Category {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Category".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let slugs: Vec<&str> = Self::ALL.iter().map(|category| category.slug()).collect();
        json_schema!({ "type": "string", "enum": slugs })
    }
}
