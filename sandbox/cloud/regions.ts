/** Availability zones by region, letter and zone id; https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const ZONES: { readonly [region: string]: { readonly code: string; readonly letters: string } } = {
    "af-south-1": { code: "afs1", letters: "abc" },
    "ap-east-1": { code: "ape1", letters: "abc" },
    "ap-northeast-1": { code: "apne1", letters: "acd" },
    "ap-northeast-2": { code: "apne2", letters: "abcd" },
    "ap-south-1": { code: "aps1", letters: "abc" },
    "ap-south-2": { code: "aps2", letters: "abc" },
    "ap-southeast-1": { code: "apse1", letters: "abc" },
    "ap-southeast-2": { code: "apse2", letters: "abc" },
    "ca-central-1": { code: "cac1", letters: "abd" },
    "eu-central-1": { code: "euc1", letters: "abc" },
    "eu-north-1": { code: "eun1", letters: "abc" },
    "eu-west-1": { code: "euw1", letters: "abc" },
    "eu-west-2": { code: "euw2", letters: "abc" },
    "eu-west-3": { code: "euw3", letters: "abc" },
    "me-central-1": { code: "mec1", letters: "abc" },
    "sa-east-1": { code: "sae1", letters: "abc" },
    "us-east-1": { code: "use1", letters: "abcdef" },
    "us-east-2": { code: "use2", letters: "abc" },
    "us-west-1": { code: "usw1", letters: "bc" },
    "us-west-2": { code: "usw2", letters: "abcd" },
};

/** AWS's public names of the regions, https://docs.aws.amazon.com/general/latest/gr/rande.html */
const DESCRIPTIONS: { readonly [region: string]: string } = {
    "ap-south-1": "Asia Pacific (Mumbai)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
    "eu-central-1": "Europe (Frankfurt)",
    "eu-west-1": "Europe (Ireland)",
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-west-2": "US West (Oregon)",
};

export interface Zone {
    readonly name: string;
    readonly id: string;
}

/** Zone ids are mapped to names differently in every account; here in order. */
export function zonesOf(region: string): readonly Zone[] {
    const zones = ZONES[region] ?? { code: region.replaceAll("-", ""), letters: "abc" };
    return [...zones.letters].map((letter, index) => ({
        name: `${region}${letter}`,
        id: `${zones.code}-az${index + 1}`,
    }));
}

export function describeRegion(region: string): string {
    return DESCRIPTIONS[region] ?? region;
}
