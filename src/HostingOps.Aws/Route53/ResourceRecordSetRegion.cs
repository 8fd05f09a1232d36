using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>Regions of latency records.</summary>
public sealed class ResourceRecordSetRegion : ConstantClass
{
    /// <summary>af-south-1</summary>
    public static readonly ResourceRecordSetRegion AfSouth1 = new("af-south-1");

    /// <summary>ap-east-1</summary>
    public static readonly ResourceRecordSetRegion ApEast1 = new("ap-east-1");

    /// <summary>ap-east-2</summary>
    public static readonly ResourceRecordSetRegion ApEast2 = new("ap-east-2");

    /// <summary>ap-northeast-1</summary>
    public static readonly ResourceRecordSetRegion ApNortheast1 = new("ap-northeast-1");

    /// <summary>ap-northeast-2</summary>
    public static readonly ResourceRecordSetRegion ApNortheast2 = new("ap-northeast-2");

    /// <summary>ap-northeast-3</summary>
    public static readonly ResourceRecordSetRegion ApNortheast3 = new("ap-northeast-3");

    /// <summary>ap-south-1</summary>
    public static readonly ResourceRecordSetRegion ApSouth1 = new("ap-south-1");

    /// <summary>ap-south-2</summary>
    public static readonly ResourceRecordSetRegion ApSouth2 = new("ap-south-2");

    /// <summary>ap-southeast-1</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast1 = new("ap-southeast-1");

    /// <summary>ap-southeast-2</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast2 = new("ap-southeast-2");

    /// <summary>ap-southeast-3</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast3 = new("ap-southeast-3");

    /// <summary>ap-southeast-4</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast4 = new("ap-southeast-4");

    /// <summary>ap-southeast-5</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast5 = new("ap-southeast-5");

    /// <summary>ap-southeast-6</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast6 = new("ap-southeast-6");

    /// <summary>ap-southeast-7</summary>
    public static readonly ResourceRecordSetRegion ApSoutheast7 = new("ap-southeast-7");

    /// <summary>ca-central-1</summary>
    public static readonly ResourceRecordSetRegion CaCentral1 = new("ca-central-1");

    /// <summary>ca-west-1</summary>
    public static readonly ResourceRecordSetRegion CaWest1 = new("ca-west-1");

    /// <summary>cn-north-1</summary>
    public static readonly ResourceRecordSetRegion CnNorth1 = new("cn-north-1");

    /// <summary>cn-northwest-1</summary>
    public static readonly ResourceRecordSetRegion CnNorthwest1 = new("cn-northwest-1");

    /// <summary>eu-central-1</summary>
    public static readonly ResourceRecordSetRegion EuCentral1 = new("eu-central-1");

    /// <summary>eu-central-2</summary>
    public static readonly ResourceRecordSetRegion EuCentral2 = new("eu-central-2");

    /// <summary>eu-north-1</summary>
    public static readonly ResourceRecordSetRegion EuNorth1 = new("eu-north-1");

    /// <summary>eu-south-1</summary>
    public static readonly ResourceRecordSetRegion EuSouth1 = new("eu-south-1");

    /// <summary>eu-south-2</summary>
    public static readonly ResourceRecordSetRegion EuSouth2 = new("eu-south-2");

    /// <summary>eu-west-1</summary>
    public static readonly ResourceRecordSetRegion EuWest1 = new("eu-west-1");

    /// <summary>eu-west-2</summary>
    public static readonly ResourceRecordSetRegion EuWest2 = new("eu-west-2");

    /// <summary>eu-west-3</summary>
    public static readonly ResourceRecordSetRegion EuWest3 = new("eu-west-3");

    /// <summary>eusc-de-east-1</summary>
    public static readonly ResourceRecordSetRegion EuscDeEast1 = new("eusc-de-east-1");

    /// <summary>il-central-1</summary>
    public static readonly ResourceRecordSetRegion IlCentral1 = new("il-central-1");

    /// <summary>me-central-1</summary>
    public static readonly ResourceRecordSetRegion MeCentral1 = new("me-central-1");

    /// <summary>me-south-1</summary>
    public static readonly ResourceRecordSetRegion MeSouth1 = new("me-south-1");

    /// <summary>mx-central-1</summary>
    public static readonly ResourceRecordSetRegion MxCentral1 = new("mx-central-1");

    /// <summary>sa-east-1</summary>
    public static readonly ResourceRecordSetRegion SaEast1 = new("sa-east-1");

    /// <summary>us-east-1</summary>
    public static readonly ResourceRecordSetRegion UsEast1 = new("us-east-1");

    /// <summary>us-east-2</summary>
    public static readonly ResourceRecordSetRegion UsEast2 = new("us-east-2");

    /// <summary>us-gov-east-1</summary>
    public static readonly ResourceRecordSetRegion UsGovEast1 = new("us-gov-east-1");

    /// <summary>us-gov-west-1</summary>
    public static readonly ResourceRecordSetRegion UsGovWest1 = new("us-gov-west-1");

    /// <summary>us-west-1</summary>
    public static readonly ResourceRecordSetRegion UsWest1 = new("us-west-1");

    /// <summary>us-west-2</summary>
    public static readonly ResourceRecordSetRegion UsWest2 = new("us-west-2");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ResourceRecordSetRegion(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ResourceRecordSetRegion FindValue(string value) => FindValue<ResourceRecordSetRegion>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ResourceRecordSetRegion(string value) => FindValue(value);
}
