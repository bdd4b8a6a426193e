import { checkRanges, widestOf, widestRange } from "../../domain/ingress";
import type { ResourceRule } from "../../engine/rule";

export const lightsailPortsOpen: ResourceRule = {
    id: "lightsail-ports-open",
    title: "Lightsail instances open no ports to the internet",
    category: "public-ingress",
    enforcement: "mandatory",
    severity: "high",
    why: "A port without ranges is open to everyone.",
    remediation: "Set portInfos[].cidrs to the ranges that may connect.",
    url: "https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-firewall-and-port-mappings-in-amazon-lightsail.html",
    frameworks: [],
    types: ["aws:lightsail/instancePublicPorts:InstancePublicPorts"],
    thresholds: widestRange,
    check(resource, report, { thresholds }) {
        const mend = "it to the ranges that may connect";
        for (const port of resource.get("portInfos").items()) {
            const lists = [port.get("cidrs"), port.get("ipv6Cidrs")];
            if (
                lists.every((list) => !list.unknown && list.values().length === 0) &&
                port.get("cidrListAliases").values().length === 0
            ) {
                report.violation(port.get("cidrs"), "the port is open to the internet", mend);
            } else {
                checkRanges(lists, "the port is open to the internet", mend, widestOf(thresholds), report);
            }
        }
    },
};
