using Amazon.Runtime;

namespace Amazon.SecurityToken.Model;

/// <summary>What AssumeRoleWithWebIdentity answers.</summary>
public sealed class AssumeRoleWithWebIdentityResponse : AmazonWebServiceResponse
{
    /// <summary>The session's credentials.</summary>
    public Credentials? Credentials { get; set; }
}
