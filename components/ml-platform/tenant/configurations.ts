/** An application's settings, in EMR's form. https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-configure-apps.html */
export interface Classification {
    readonly Classification: string;
    readonly Properties: Readonly<Record<string, string>>;
}

/**
 * What runs on every cluster: Trino for SQL, Spark with Livy and Jupyter's gateway for notebooks. Iceberg is part of the
 * release and switched on below. https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-iceberg-use-cluster.html
 */
export const applications = ["Hadoop", "JupyterEnterpriseGateway", "Livy", "Spark", "Trino"] as const;

/** Name that Iceberg's tables are reached by in Spark, as in `SELECT * FROM lake.<database>.<table>`. */
const sparkCatalog = "lake";

/**
 * Trino and Spark on the Glue catalog, which lies outside the cluster, as three primary nodes need it:
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha-applications.html
 */
export function classifications(args: {
    readonly region: string;
    readonly warehouse: string;
}): readonly Classification[] {
    const classify = (Classification: string, Properties: Classification["Properties"]) => ({
        Classification,
        Properties,
    });
    const spark = `spark.sql.catalog.${sparkCatalog}`;
    return [
        classify("iceberg-defaults", { "iceberg.enabled": "true" }),
        // https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-glue.html
        classify("spark-hive-site", {
            "hive.metastore.client.factory.class":
                "com.amazonaws.glue.catalog.metastore.AWSGlueDataCatalogHiveClientFactory",
        }),
        // https://iceberg.apache.org/docs/latest/aws/#glue-catalog
        classify("spark-defaults", {
            "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
            [spark]: "org.apache.iceberg.spark.SparkCatalog",
            [`${spark}.catalog-impl`]: "org.apache.iceberg.aws.glue.GlueCatalog",
            [`${spark}.io-impl`]: "org.apache.iceberg.aws.s3.S3FileIO",
            [`${spark}.warehouse`]: args.warehouse,
        }),
        // https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-trino-glue.html
        classify("trino-connector-hive", { "hive.metastore": "glue" }),
        // https://trino.io/docs/479/connector/iceberg.html, .../object-storage/file-system-s3.html
        classify("trino-connector-iceberg", {
            "connector.name": "iceberg",
            "iceberg.catalog.type": "glue",
            "hive.metastore.glue.region": args.region,
            "fs.native-s3.enabled": "true",
            "s3.region": args.region,
        }),
        // a notebook that is left open doesn't keep its memory for ever
        classify("livy-conf", { "livy.server.session.timeout-check": "true", "livy.server.session.timeout": "2h" }),
    ];
}

/** Security configuration: all at rest under one key, all between nodes by TLS, and no instance metadata of version 1. */
export function securityConfiguration(args: { readonly keyArn: string; readonly certificateUri: string }): object {
    // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html
    return {
        EncryptionConfiguration: {
            EnableAtRestEncryption: true,
            EnableInTransitEncryption: true,
            AtRestEncryptionConfiguration: {
                S3EncryptionConfiguration: { EncryptionMode: "SSE-KMS", AwsKmsKey: args.keyArn },
                LocalDiskEncryptionConfiguration: {
                    EncryptionKeyProviderType: "AwsKms",
                    AwsKmsKey: args.keyArn,
                    EnableEbsEncryption: true,
                },
            },
            InTransitEncryptionConfiguration: {
                TLSCertificateConfiguration: { CertificateProviderType: "PEM", S3Object: args.certificateUri },
            },
        },
        InstanceMetadataServiceConfiguration: {
            MinimumInstanceMetadataServiceVersion: 2,
            HttpPutResponseHopLimit: 1,
        },
    };
}
