using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>The AWS service that manages an address.</summary>
public sealed class ServiceManaged : ConstantClass
{
    /// <summary>alb</summary>
    public static readonly ServiceManaged Alb = new("alb");

    /// <summary>nlb</summary>
    public static readonly ServiceManaged Nlb = new("nlb");

    /// <summary>rds</summary>
    public static readonly ServiceManaged Rds = new("rds");

    /// <summary>rnat</summary>
    public static readonly ServiceManaged Rnat = new("rnat");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ServiceManaged(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ServiceManaged FindValue(string value) => FindValue<ServiceManaged>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ServiceManaged(string value) => FindValue(value);
}
