namespace HostingOps.Engine.Aws;

/// <summary>Finds credentials.</summary>
internal interface ICredentialSource
{
    /// <summary>The credentials; those that expire renew themselves.</summary>
    /// <exception cref="HostingException">AwsCredentialsMissing, AwsCredentialsInvalid, AwsProfileNotFound.</exception>
    Task<ResolvedCredentials> ResolveAsync();
}
