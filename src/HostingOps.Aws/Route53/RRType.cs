using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>Record types that Route 53 stores.</summary>
public sealed class RRType : ConstantClass
{
    /// <summary>A</summary>
    public static readonly RRType A = new("A");

    /// <summary>AAAA</summary>
    public static readonly RRType AAAA = new("AAAA");

    /// <summary>CAA</summary>
    public static readonly RRType CAA = new("CAA");

    /// <summary>CNAME</summary>
    public static readonly RRType CNAME = new("CNAME");

    /// <summary>DS</summary>
    public static readonly RRType DS = new("DS");

    /// <summary>HTTPS</summary>
    public static readonly RRType HTTPS = new("HTTPS");

    /// <summary>MX</summary>
    public static readonly RRType MX = new("MX");

    /// <summary>NAPTR</summary>
    public static readonly RRType NAPTR = new("NAPTR");

    /// <summary>NS</summary>
    public static readonly RRType NS = new("NS");

    /// <summary>PTR</summary>
    public static readonly RRType PTR = new("PTR");

    /// <summary>SOA</summary>
    public static readonly RRType SOA = new("SOA");

    /// <summary>SPF</summary>
    public static readonly RRType SPF = new("SPF");

    /// <summary>SRV</summary>
    public static readonly RRType SRV = new("SRV");

    /// <summary>SSHFP</summary>
    public static readonly RRType SSHFP = new("SSHFP");

    /// <summary>SVCB</summary>
    public static readonly RRType SVCB = new("SVCB");

    /// <summary>TLSA</summary>
    public static readonly RRType TLSA = new("TLSA");

    /// <summary>TXT</summary>
    public static readonly RRType TXT = new("TXT");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public RRType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static RRType FindValue(string value) => FindValue<RRType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator RRType(string value) => FindValue(value);
}
