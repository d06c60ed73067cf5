//! How things are done: runbooks, routines, checklists, conventions and audiences.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, AnyAddress, Date, Duration, FilePath, Markdown, Owner, Person, Quantity, Ref, StageAddress, Tool, choices};

/// How something is done, step by step.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Runbook {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it is for.
    pub kind: RunbookKind,
    /// Who keeps it true.
    pub owner: Option<Owner>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Ref<AnyAddress>>,
    /// When it was followed, and by whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exercised: Vec<Exercise>,
    /// The steps, as Markdown.
    pub steps: Option<Markdown>,
    /// A file with the steps: a path relative to the stack's folder, ending in `.md`.
    pub file: Option<FilePath>,
}

/// A time when a runbook was followed.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Exercise {
    /// The day.
    pub on: Date,
    /// Who followed it.
    pub by: Ref<Person>,
}

/// What is done again and again.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Routine {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What is done.
    pub kind: RoutineKind,
    /// How often.
    pub cadence: Duration,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Ref<AnyAddress>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// How it is done.
    pub runbook: Option<Ref<Runbook>>,
    /// How many hours one run takes.
    pub hours: Option<Quantity>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Run>,
}

impl RunbookKind {
    /// The kinds that a stack should have a runbook of, each with its word.
    pub const EXPECTED: [(Self, &str); 5] = [
        (Self::CampaignLaunch, "campaign-launch"),
        (Self::LeadRouting, "lead-routing"),
        (Self::LeadScoring, "lead-scoring"),
        (Self::IntegrationTroubleshooting, "integration-troubleshooting"),
        (Self::DataHygiene, "data-hygiene"),
    ];

    /// Returns what a runbook of this kind tells.
    pub fn says(self) -> &'static str {
        match self {
            Self::CampaignLaunch => "how a campaign is launched",
            Self::LeadRouting => "how leads are routed, and how that is changed",
            Self::LeadScoring => "how leads are scored, and how that is changed",
            Self::IntegrationTroubleshooting => "what to do when data does not arrive",
            Self::DataHygiene => "how data is kept clean",
            Self::DataSubjectRequest => "how a person's request about their data is answered",
            Self::Incident => "what to do when something breaks",
            Self::Access => "how access is given and taken",
            Self::Reporting => "how numbers are reported",
            Self::Other => "how something is done",
        }
    }
}

impl Routine {
    /// Returns the last run up to a day, with its place in `done`. What lies ahead has not been done.
    pub fn last_done(&self, today: Date) -> Option<(usize, &Run)> {
        self.done.iter().enumerate().filter(|(_, run)| run.on <= today).max_by_key(|(_, run)| run.on)
    }

    /// Whether more than one and a half times its cadence has passed since it was last done, or it never was. Runs are known
    /// by the day, so that a cadence below a day counts as one.
    pub fn is_overdue(&self, today: Date) -> bool {
        // Twice and three times instead of once and one and a half times: whole seconds, no rounding.
        let most = 3 * i128::from(self.cadence.seconds_by_day());
        self.last_done(today).is_none_or(|(_, run)| 2 * 86_400 * i128::from(today.days_since(run.on)) > most)
    }
}

/// A time when a routine was done.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Run {
    /// The day.
    pub on: Date,
    /// Who did it.
    pub by: Ref<Person>,
    /// What came of it.
    pub note: Option<String>,
}

/// What is ticked off before something goes out.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Checklist {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it is for.
    pub kind: ChecklistKind,
    /// Who keeps it true.
    pub owner: Option<Owner>,
    /// Who says yes at the end.
    pub approver: Option<Owner>,
    /// The stages at which it is used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Ref<StageAddress>>,
    /// The items, in order.
    pub items: Vec<String>,
}

/// One standard for tracking or naming.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Convention {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it standardises.
    pub kind: ConventionKind,
    /// The pattern that names follow.
    pub pattern: Option<String>,
    /// The values that each parameter may have.
    #[serde(default)]
    pub parameters: BTreeMap<String, Vec<String>>,
    /// Names that follow it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// The tool that holds people to it.
    pub enforced_by: Option<Ref<Tool>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
}

/// A list that decides who is contacted or let through.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Audience {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it decides.
    pub kind: AudienceKind,
    /// Where it is kept.
    pub tool: Ref<Tool>,
    /// Who is on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
    /// What it decides about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<Ref<AnyAddress>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
}

choices! {
    /// What a runbook is for.
    RunbookKind {
        /// Bringing a campaign out.
        CampaignLaunch,
        /// Sending leads to the right person.
        LeadRouting,
        /// Counting points.
        LeadScoring,
        /// Finding out why data does not arrive.
        IntegrationTroubleshooting,
        /// Keeping data clean.
        DataHygiene,
        /// Answering somebody who asks about their data.
        DataSubjectRequest,
        /// When something goes wrong.
        Incident,
        /// Letting people in and out.
        Access,
        /// Making reports.
        Reporting,
        /// Something else.
        Other,
    }
    /// What a routine does.
    RoutineKind {
        /// Merges duplicates.
        Dedupe,
        /// Brings values into one form.
        Normalize,
        /// Fills gaps.
        Enrich,
        /// Removes addresses that bounce.
        BounceCleanup,
        /// Removes people who do not react.
        ListHygiene,
        /// Compares routing rules with the tool.
        RoutingAudit,
        /// Compares scores with outcomes.
        ScoringCalibration,
        /// Compares stages with what happens.
        LifecycleAudit,
        /// Goes through who has access.
        AccessReview,
        /// Looks back.
        Retrospective,
        /// Looks ahead.
        Planning,
        /// Makes a report.
        Reporting,
        /// Carries data by hand.
        ManualSync,
        /// Something else.
        Other,
    }
    /// What a checklist is for.
    ChecklistKind {
        /// The last look at a campaign.
        CampaignQa,
        /// Bringing something out.
        Launch,
        /// Taking a request in.
        Intake,
        /// Something else.
        Other,
    }
    /// What a convention standardises.
    ConventionKind {
        /// Parameters of tracked links.
        Utm,
        /// Names of campaigns.
        CampaignName,
        /// Names of assets.
        AssetName,
        /// Names of fields.
        FieldName,
        /// Values of a list.
        Picklist,
    }
    /// What an audience decides.
    AudienceKind {
        /// Who is not contacted.
        Suppression,
        /// Who is kept out.
        Exclusion,
        /// Who is let through.
        Inclusion,
        /// Who belongs together.
        Segment,
        /// Whom sales wants to win.
        TargetAccounts,
    }
}
