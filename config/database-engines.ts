export type DatabaseEngine = "postgres" | "mysql";

export interface EngineFacts {
    readonly port: number;
    /** Major versions in standard support, newest first. https://endoflife.date/amazon-rds-postgresql, .../amazon-rds-mysql */
    readonly versions: readonly string[];
    /** Family of the parameter group. */
    readonly family: (version: string) => string;
    /** Parameter that refuses connections without TLS. */
    readonly forceTls: { readonly name: string; readonly value: string };
    /** Logs that RDS hands to CloudWatch. */
    readonly logExports: readonly string[];
}

export const databaseEngines: Readonly<Record<DatabaseEngine, EngineFacts>> = {
    postgres: {
        port: 5432,
        versions: ["18", "17", "16", "15"],
        family: (version) => `postgres${version}`,
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
        forceTls: { name: "rds.force_ssl", value: "1" },
        logExports: ["postgresql", "upgrade"],
    },
    mysql: {
        port: 3306,
        versions: ["8.4"],
        family: (version) => `mysql${version}`,
        // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
        forceTls: { name: "require_secure_transport", value: "1" },
        logExports: ["error", "slowquery"],
    },
};

/** Sizes of the smallest class that has Performance Insights: RDS for MySQL lacks it below. */
const tinyClasses = /^db\.t[234]g?\.(micro|small)$/;

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html */
export function hasPerformanceInsights(engine: DatabaseEngine, instanceClass: string): boolean {
    return engine !== "mysql" || !tinyClasses.test(instanceClass);
}
