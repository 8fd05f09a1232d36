using Amazon.Runtime;

namespace Amazon.SecurityToken.Model;

/// <summary>What AssumeRole answers.</summary>
public sealed class AssumeRoleResponse : AmazonWebServiceResponse
{
    /// <summary>The session's credentials.</summary>
    public Credentials? Credentials { get; set; }
}
