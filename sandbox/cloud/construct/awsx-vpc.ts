import type { ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { bagOf, compact, listOf, open, text, type Wire } from "../wire";
import type { Builder, Built } from "./builder";
import { type Layout, layOut, type Subnet } from "./subnets";
import { merge } from "./values";

const EVERYWHERE = "0.0.0.0/0";

/** Inputs of awsx.ec2.Vpc that go to the VPC as they are. */
const VPC_INPUTS = [
    "assignGeneratedIpv6CidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6CidrBlock",
    "ipv6CidrBlockNetworkBorderGroup",
    "ipv6IpamPoolId",
    "ipv6NetmaskLength",
    "region",
];

const ENDPOINT_INPUTS = [
    "autoAccept",
    "policy",
    "privateDnsEnabled",
    "routeTableIds",
    "securityGroupIds",
    "serviceName",
    "subnetIds",
    "tags",
    "vpcEndpointType",
];

interface Parts {
    readonly subnets: Built[];
    readonly routeTables: Built[];
    readonly routeTableAssociations: Built[];
    readonly routes: Built[];
    readonly natGateways: Map<number, Built>;
    readonly eips: Built[];
    readonly ids: { readonly [type in Subnet["type"]]: Wire[] };
}

/** awsx:ec2:Vpc, after https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ec2/vpc.ts */
export async function vpcComponent(build: Builder): Promise<ConstructResponse> {
    const { name } = build;
    const zones = await zonesOf(build);
    const strategy = natStrategy(build);
    const layout = decide(build, zones);
    checkNat(strategy, layout.subnets, zones.length, build);
    const tags = merge({ Name: name }, build.arg("tags"));
    const passed = Object.fromEntries(VPC_INPUTS.map((input) => [input, build.arg(input)]));
    const cidrBlock = text(build.arg("cidrBlock")) ?? "10.0.0.0/16";
    const vpc = await build.child("aws:ec2/vpc:Vpc", name, { ...passed, cidrBlock, tags });
    const inVpc = { parent: vpc.urn, dependsOn: [vpc.urn] };
    const gateway = await build.child("aws:ec2/internetGateway:InternetGateway", name, { vpcId: vpc.id, tags }, inVpc);
    const parts: Parts = {
        subnets: [],
        routeTables: [],
        routeTableAssociations: [],
        routes: [],
        natGateways: new Map(),
        eips: [],
        ids: { Public: [], Private: [], Isolated: [], Unused: [] },
    };
    for (const [index, zone] of zones.entries()) {
        const inZone = layout.subnets.filter((subnet) => subnet.zone === zone);
        // Public ones first: a private subnet's route needs the NAT gateway that stands in a public one.
        for (const type of ["Public", "Private", "Isolated"] as const) {
            for (const subnet of inZone.filter((candidate) => candidate.type === type)) {
                await subnetParts(build, { vpc, gateway, tags, strategy, zone: index, parts }, subnet);
            }
        }
    }
    const endpoints = await vpcEndpoints(build, vpc, parts);
    const refs = (built: Iterable<Built>) => [...built].map(({ ref }) => ref);
    const subnetsOf = (type: Subnet["type"]) =>
        refs(parts.subnets.filter((_, index) => created(layout, zones)[index]?.type === type));
    return build.done({
        vpc: vpc.ref,
        vpcId: vpc.id,
        internetGateway: gateway.ref,
        subnets: refs(parts.subnets),
        publicSubnets: subnetsOf("Public"),
        privateSubnets: subnetsOf("Private"),
        isolatedSubnets: subnetsOf("Isolated"),
        publicSubnetIds: parts.ids.Public,
        privateSubnetIds: parts.ids.Private,
        isolatedSubnetIds: parts.ids.Isolated,
        routeTables: refs(parts.routeTables),
        routeTableAssociations: refs(parts.routeTableAssociations),
        routes: refs(parts.routes),
        natGateways: refs(parts.natGateways.values()),
        eips: refs(parts.eips),
        subnetLayout: layout.resolved,
        vpcEndpoints: refs(endpoints),
    });
}

/** With "Auto", an endpoint that names no route tables or subnets gets the private ones of this VPC. */
async function vpcEndpoints(build: Builder, vpc: Built, parts: Parts): Promise<readonly Built[]> {
    const filled = text(build.arg("vpcEndpointStrategy")) === "Auto";
    const endpoints: Built[] = [];
    for (const item of listOf(build.arg("vpcEndpointSpecs"))) {
        const spec = bagOf(item);
        const inputs: { [input: string]: Wire | undefined } = {};
        for (const input of ENDPOINT_INPUTS) {
            inputs[input] = spec[input];
        }
        if (filled && text(spec["vpcEndpointType"]) === "Interface") {
            inputs["subnetIds"] ??= parts.ids.Private;
        } else if (filled) {
            inputs["routeTableIds"] ??= parts.routeTables.map(({ id }) => id);
        }
        const name = text(spec["serviceName"]) ?? "";
        const options = { parent: vpc.urn, dependsOn: [vpc.urn] };
        endpoints.push(
            await build.child("aws:ec2/vpcEndpoint:VpcEndpoint", name, { ...inputs, vpcId: vpc.id }, options),
        );
    }
    return endpoints;
}

async function zonesOf(build: Builder): Promise<readonly string[]> {
    const given = build.arg("availabilityZoneNames");
    const count = open(build.arg("numberOfAvailabilityZones"));
    if (given !== undefined && count !== undefined) {
        throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
    }
    if (given !== undefined) {
        return listOf(given).map((zone) => text(zone) ?? "");
    }
    const wanted = typeof count === "number" ? count : 3;
    const found = listOf((await build.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {}))["names"]);
    if (found.length < wanted) {
        throw new Error(`The configured region for this provider does not have at least ${wanted} Availability Zones.`);
    }
    return found.slice(0, wanted).map(String);
}

function natStrategy(build: Builder): "none" | "single" | "oneperaz" {
    const given = (text(bagOf(build.arg("natGateways"))["strategy"]) ?? "OnePerAz").toLowerCase();
    if (given === "none" || given === "single" || given === "oneperaz") {
        return given;
    }
    throw new Error(`Unknown NatGatewayStrategy '${given}'`);
}

function elasticIps(build: Builder): readonly Wire[] {
    return listOf(bagOf(build.arg("natGateways"))["elasticIpAllocationIds"]);
}

function checkNat(strategy: string, subnets: readonly Subnet[], zones: number, build: Builder): void {
    const has = (type: Subnet["type"]) => subnets.some((subnet) => subnet.type === type);
    if (strategy !== "none" && !(has("Public") && has("Private"))) {
        throw new Error(
            "If NAT Gateway strategy is 'OnePerAz' or 'Single', both private and public subnets must be declared.",
        );
    }
    const most = { none: 0, single: 1, oneperaz: zones }[strategy] ?? 0;
    const given = elasticIps(build).length;
    if (given > 0 && given !== most) {
        throw new Error(`NAT Gateway strategy '${strategy}' takes ${most} Elastic IP allocation ids, got ${given}`);
    }
}

function decide(build: Builder, zones: readonly string[]): Layout {
    const mask = open(build.arg("availabilityZoneCidrMask"));
    return layOut({
        name: build.name,
        cidrBlock: text(build.arg("cidrBlock")) ?? "10.0.0.0/16",
        zones,
        specs: build.arg("subnetSpecs"),
        strategy: text(build.arg("subnetStrategy")) ?? "Legacy",
        zoneMask: typeof mask === "number" ? mask : undefined,
    });
}

interface Surroundings {
    readonly vpc: Built;
    readonly gateway: Built;
    readonly tags: Wire;
    readonly strategy: "none" | "single" | "oneperaz";
    /** Index of the availability zone. */
    readonly zone: number;
    readonly parts: Parts;
}

async function subnetParts(build: Builder, around: Surroundings, spec: Subnet): Promise<void> {
    const { vpc, gateway, tags, parts, zone, strategy } = around;
    const byZone = text(build.arg("subnetNameTagStrategy")) === "AvailabilityZone";
    const tagged = byZone ? spec.name.replace(/\d+$/, spec.zone.split("-").at(-1) ?? "") : spec.name;
    const named = { Name: tagged, SubnetType: spec.type };
    const subnet = await build.child(
        "aws:ec2/subnet:Subnet",
        spec.name,
        {
            vpcId: vpc.id,
            availabilityZone: spec.zone,
            mapPublicIpOnLaunch: spec.type === "Public",
            cidrBlock: spec.cidrBlock,
            assignIpv6AddressOnCreation: spec.assignIpv6,
            tags: merge(tags, spec.tags, named),
        },
        { parent: vpc.urn, dependsOn: [vpc.urn] },
    );
    parts.subnets.push(subnet);
    parts.ids[spec.type].push(subnet.id);
    const inSubnet = { parent: subnet.urn, dependsOn: [subnet.urn] };
    const table = await build.child(
        "aws:ec2/routeTable:RouteTable",
        spec.name,
        { vpcId: vpc.id, tags: merge(tags, named) },
        inSubnet,
    );
    parts.routeTables.push(table);
    const inTable = { parent: table.urn, dependsOn: [table.urn] };
    const joined = { routeTableId: table.id, subnetId: subnet.id };
    parts.routeTableAssociations.push(
        await build.child("aws:ec2/routeTableAssociation:RouteTableAssociation", spec.name, joined, inTable),
    );
    const wantsNat =
        strategy === "oneperaz" ? !parts.natGateways.has(zone) : strategy === "single" && parts.natGateways.size === 0;
    if (spec.type === "Public" && wantsNat) {
        parts.natGateways.set(zone, await natGateway(build, around, subnet));
    }
    const nat = strategy === "single" ? [...parts.natGateways.values()][0] : parts.natGateways.get(zone);
    const way =
        spec.type === "Public"
            ? { gatewayId: gateway.id }
            : spec.type === "Private" && nat !== undefined
              ? { natGatewayId: nat.id }
              : undefined;
    if (way !== undefined) {
        const route = compact({ routeTableId: table.id, destinationCidrBlock: EVERYWHERE, ...way });
        parts.routes.push(await build.child("aws:ec2/route:Route", spec.name, route, inTable));
    }
}

async function natGateway(build: Builder, around: Surroundings, subnet: Built): Promise<Built> {
    const { parts, zone } = around;
    const name = `${build.name}-${zone + 1}`;
    const tags = merge(build.arg("tags"), { Name: name });
    const inSubnet = { parent: subnet.urn, dependsOn: [subnet.urn] };
    let allocationId = elasticIps(build)[zone];
    if (allocationId === undefined) {
        const eip = await build.child("aws:ec2/eip:Eip", name, { tags }, inSubnet);
        parts.eips.push(eip);
        allocationId = eip.out("allocationId");
    }
    return build.child("aws:ec2/natGateway:NatGateway", name, { subnetId: subnet.id, allocationId, tags }, inSubnet);
}

/** The subnets in the order they are built. */
function created(layout: Layout, zones: readonly string[]): readonly Subnet[] {
    return zones.flatMap((zone) =>
        (["Public", "Private", "Isolated"] as const).flatMap((type) =>
            layout.subnets.filter((subnet) => subnet.zone === zone && subnet.type === type),
        ),
    );
}
