import { type NameRule, physicalName } from "../../config/names";
import type { Place } from "../foundation/arn";

/** The system's name, first part of every physical name and the `Project` tag. */
export const project = "mediaviz";

/** Where and how a part of the pipeline is built; the same for all parts of one environment. */
export interface PipelinePlace extends Place {
    /** Environment name, for example `prod`. */
    readonly environment: string;
    /** Days that logs are kept; one of those that CloudWatch Logs offers. */
    readonly logRetentionDays: number;
    /** Refuse to delete what holds data. */
    readonly protect: boolean;
}

/** `mediaviz-{env}-{purpose}`: the name that people and other systems know a resource by. */
export function pipelineName(place: Pick<PipelinePlace, "environment">, rule: NameRule, purpose: string): string {
    return physicalName(rule, project, place.environment, purpose);
}

/** The database in the cluster, and the user that owns it. */
export const databaseName = "imaige";
export const databaseUser = "postgres";
export const databasePort = 5432;

/** Objects that callers upload; what models produce goes elsewhere, so that it doesn't start the models again. */
export const uploadPrefix = "uploads/";
