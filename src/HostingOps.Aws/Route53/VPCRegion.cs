using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>Regions of a VPC.</summary>
public sealed class VPCRegion : ConstantClass
{
    /// <summary>af-south-1</summary>
    public static readonly VPCRegion AfSouth1 = new("af-south-1");

    /// <summary>ap-east-1</summary>
    public static readonly VPCRegion ApEast1 = new("ap-east-1");

    /// <summary>ap-east-2</summary>
    public static readonly VPCRegion ApEast2 = new("ap-east-2");

    /// <summary>ap-northeast-1</summary>
    public static readonly VPCRegion ApNortheast1 = new("ap-northeast-1");

    /// <summary>ap-northeast-2</summary>
    public static readonly VPCRegion ApNortheast2 = new("ap-northeast-2");

    /// <summary>ap-northeast-3</summary>
    public static readonly VPCRegion ApNortheast3 = new("ap-northeast-3");

    /// <summary>ap-south-1</summary>
    public static readonly VPCRegion ApSouth1 = new("ap-south-1");

    /// <summary>ap-south-2</summary>
    public static readonly VPCRegion ApSouth2 = new("ap-south-2");

    /// <summary>ap-southeast-1</summary>
    public static readonly VPCRegion ApSoutheast1 = new("ap-southeast-1");

    /// <summary>ap-southeast-2</summary>
    public static readonly VPCRegion ApSoutheast2 = new("ap-southeast-2");

    /// <summary>ap-southeast-3</summary>
    public static readonly VPCRegion ApSoutheast3 = new("ap-southeast-3");

    /// <summary>ap-southeast-4</summary>
    public static readonly VPCRegion ApSoutheast4 = new("ap-southeast-4");

    /// <summary>ap-southeast-5</summary>
    public static readonly VPCRegion ApSoutheast5 = new("ap-southeast-5");

    /// <summary>ap-southeast-6</summary>
    public static readonly VPCRegion ApSoutheast6 = new("ap-southeast-6");

    /// <summary>ap-southeast-7</summary>
    public static readonly VPCRegion ApSoutheast7 = new("ap-southeast-7");

    /// <summary>ca-central-1</summary>
    public static readonly VPCRegion CaCentral1 = new("ca-central-1");

    /// <summary>ca-west-1</summary>
    public static readonly VPCRegion CaWest1 = new("ca-west-1");

    /// <summary>cn-north-1</summary>
    public static readonly VPCRegion CnNorth1 = new("cn-north-1");

    /// <summary>cn-northwest-1</summary>
    public static readonly VPCRegion CnNorthwest1 = new("cn-northwest-1");

    /// <summary>eu-central-1</summary>
    public static readonly VPCRegion EuCentral1 = new("eu-central-1");

    /// <summary>eu-central-2</summary>
    public static readonly VPCRegion EuCentral2 = new("eu-central-2");

    /// <summary>eu-isoe-west-1</summary>
    public static readonly VPCRegion EuIsoeWest1 = new("eu-isoe-west-1");

    /// <summary>eu-north-1</summary>
    public static readonly VPCRegion EuNorth1 = new("eu-north-1");

    /// <summary>eu-south-1</summary>
    public static readonly VPCRegion EuSouth1 = new("eu-south-1");

    /// <summary>eu-south-2</summary>
    public static readonly VPCRegion EuSouth2 = new("eu-south-2");

    /// <summary>eu-west-1</summary>
    public static readonly VPCRegion EuWest1 = new("eu-west-1");

    /// <summary>eu-west-2</summary>
    public static readonly VPCRegion EuWest2 = new("eu-west-2");

    /// <summary>eu-west-3</summary>
    public static readonly VPCRegion EuWest3 = new("eu-west-3");

    /// <summary>eusc-de-east-1</summary>
    public static readonly VPCRegion EuscDeEast1 = new("eusc-de-east-1");

    /// <summary>il-central-1</summary>
    public static readonly VPCRegion IlCentral1 = new("il-central-1");

    /// <summary>me-central-1</summary>
    public static readonly VPCRegion MeCentral1 = new("me-central-1");

    /// <summary>me-south-1</summary>
    public static readonly VPCRegion MeSouth1 = new("me-south-1");

    /// <summary>mx-central-1</summary>
    public static readonly VPCRegion MxCentral1 = new("mx-central-1");

    /// <summary>sa-east-1</summary>
    public static readonly VPCRegion SaEast1 = new("sa-east-1");

    /// <summary>us-east-1</summary>
    public static readonly VPCRegion UsEast1 = new("us-east-1");

    /// <summary>us-east-2</summary>
    public static readonly VPCRegion UsEast2 = new("us-east-2");

    /// <summary>us-gov-east-1</summary>
    public static readonly VPCRegion UsGovEast1 = new("us-gov-east-1");

    /// <summary>us-gov-west-1</summary>
    public static readonly VPCRegion UsGovWest1 = new("us-gov-west-1");

    /// <summary>us-iso-east-1</summary>
    public static readonly VPCRegion UsIsoEast1 = new("us-iso-east-1");

    /// <summary>us-iso-west-1</summary>
    public static readonly VPCRegion UsIsoWest1 = new("us-iso-west-1");

    /// <summary>us-isob-east-1</summary>
    public static readonly VPCRegion UsIsobEast1 = new("us-isob-east-1");

    /// <summary>us-isob-west-1</summary>
    public static readonly VPCRegion UsIsobWest1 = new("us-isob-west-1");

    /// <summary>us-isof-east-1</summary>
    public static readonly VPCRegion UsIsofEast1 = new("us-isof-east-1");

    /// <summary>us-isof-south-1</summary>
    public static readonly VPCRegion UsIsofSouth1 = new("us-isof-south-1");

    /// <summary>us-west-1</summary>
    public static readonly VPCRegion UsWest1 = new("us-west-1");

    /// <summary>us-west-2</summary>
    public static readonly VPCRegion UsWest2 = new("us-west-2");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public VPCRegion(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static VPCRegion FindValue(string value) => FindValue<VPCRegion>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator VPCRegion(string value) => FindValue(value);
}
