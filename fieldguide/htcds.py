"""The words of the Human Trafficking Case Data Standard 2.0 that the recording form has: core fields, and their values.

As the standard spells them (International Organization for Migration, CC BY 4.0; source ``htcds``). Fields that help to
find out who a person is (age, ties to a trafficker) are left out.
"""

from collections.abc import Mapping

STATUS = "cas_Status"
CONTROL = "vic_MethodsOfControl"
INDUSTRY = "vic_ForcedLabourIndustry"

FIELDS: Mapping[str, tuple[str, ...]] = {
    "vic_TraffickingStatus": (
        "PossibleVictimOfTrafficking",
        "ActualVictimOfTrafficking",
        "NotAVictimOfTrafficking",
    ),
    "vic_TraffickingStatusDecisionMakingOrg": (
        "Police",
        "NGO",
        "CourtOrProsecution",
        "NonPoliceGovernmentalOrganization",
        "Other",
    ),
    "vic_MethodOfRecruitment": (
        "AtAPlaceOfBusiness",
        "AtAnEducationalInstitution",
        "AtWork",
        "ThroughOnlineSocialNetworks",
        "ThroughAnOnlineAdvertisement",
        "ThroughATelevisionAdvert",
        "ThroughANewspaperAdvert",
        "ThroughFamilyOrFamilyEvents",
        "ThroughFriendsOrSocialEvents",
        "Other",
    ),
    "vic_LocationOfRecruitment": (),
    CONTROL: (
        "PhysicalThreats",
        "ThreatsLawEnforcement",
        "ThreatensChildrenFamily",
        "DebtBondage",
        "FalsePromises",
        "PhysicalAbuse",
        "SexualAbuse",
        "TakesEarnings",
        "RestrictsFinancialAccess",
        "RestrictsMedicalCare",
        "WithholdsNecessities",
        "PsychologicalAbuse",
        "PsychoactiveSubstance",
        "ExcessiveWorkingHours",
        "WithholdsDocuments",
        "Other",
    ),
    "vic_TypeOfExploitation": (),
    INDUSTRY: (
        "A_AgricultureForestryAndFishing",
        "C_Manufacturing",
        "F_Construction",
        "I_AccommodationAndFoodServiceActivities",
        "N_AdministrativeAndSupportServiceActivities",
        "Q_HumanHealthAndSocialWorkActivities",
        "S_OtherServiceActivities",
        "T_ActivitiesOfHouseholdsAsEmployers",
    ),
    "vic_LocationOfExploitation": (),
    STATUS: ("Active", "FollowUp", "Closed", "ClosedReferred"),
}
"""Each field with its values; none where people write it out. Of trades only those that this guide has pages on."""


def header_row() -> str:
    """The first line of a table for a case system: the names of the fields, as CSV (RFC 4180)."""
    return ",".join(FIELDS) + "\r\n"
