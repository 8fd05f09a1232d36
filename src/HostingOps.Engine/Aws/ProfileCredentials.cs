using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Credentials of a profile of the shared AWS files. Roles are assumed by our own compile-time reference to STS: the SDK
/// would look for that assembly by name across the process, and might pick another module's copy.
/// </summary>
internal sealed class ProfileCredentials(AwsEnvironment environment)
{
    public static bool HasCredentials(CredentialProfile profile) =>
        profile.CanCreateAWSCredentials
        || profile.Options.RoleArn is not null || profile.Options.SsoSession is not null || profile.Options.LoginSession is not null;

    public Task<AWSCredentials> BuildAsync(CredentialProfile profile) => BuildAsync(profile, []);

    private async Task<AWSCredentials> BuildAsync(CredentialProfile profile, List<string> visited)
    {
        var options = profile.Options;
        if (!string.IsNullOrEmpty(options.RoleArn))
        {
            return await RoleAsync(profile, visited).ConfigureAwait(false);
        }

        if (!string.IsNullOrEmpty(options.LoginSession))
        {
            throw CredentialFailure.Unusable(
                Name(profile), "it signs in with 'aws login', which HostingOps does not support", "Use SSO, a role or an access key, or 'aws configure export-credentials' as its credential_process.");
        }

        if (!HasCredentials(profile))
        {
            throw CredentialFailure.Unusable(Name(profile), "it has no credentials", "Add keys, a role_arn, an sso_session or a credential_process to it.");
        }

        SsoClients.Register();
        try
        {
            return AWSCredentialsFactory.GetAWSCredentials(profile, environment.Profiles);
        }
        catch (Exception error) when (error is AmazonClientException or InvalidDataException or ArgumentException)
        {
            throw CredentialFailure.Translate(error, Name(profile));
        }
    }

    private async Task<AWSCredentials> RoleAsync(CredentialProfile profile, List<string> visited)
    {
        var options = profile.Options;
        var region = StsClients.Region(environment, profile);
        if (!string.IsNullOrEmpty(options.WebIdentityTokenFile))
        {
            return new WebIdentityCredentials(options.WebIdentityTokenFile, options.RoleArn, options.RoleSessionName, region);
        }

        if (!string.IsNullOrEmpty(options.MfaSerial))
        {
            throw CredentialFailure.Unusable(
                Name(profile), "its role asks for an MFA code, and HostingOps runs unattended", "Use SSO, or put a session made with 'aws sts assume-role' into the environment.");
        }

        var source = await RoleSourceAsync(profile, visited).ConfigureAwait(false);
        return new AssumedRoleCredentials(source, options.RoleArn, options.RoleSessionName, options.ExternalID, region);
    }

    private async Task<AWSCredentials> RoleSourceAsync(CredentialProfile profile, List<string> visited)
    {
        var options = profile.Options;
        switch (options.CredentialSource?.ToUpperInvariant())
        {
            case "ENVIRONMENT":
                return CredentialChain.EnvironmentKeys() ?? throw CredentialFailure.Missing($"{Name(profile)} wants them from the environment");
            case "ECSCONTAINER":
                return CredentialChain.Container() ?? throw CredentialFailure.Missing($"{Name(profile)} wants them from a container's endpoint");
            case "EC2INSTANCEMETADATA":
                return await CredentialChain.InstanceAsync().ConfigureAwait(false);
            case { Length: > 0 }:
                throw CredentialFailure.Unusable(
                    Name(profile), $"its credential_source is '{options.CredentialSource}'", "Use Environment, Ec2InstanceMetadata or EcsContainer.");
        }

        if (string.IsNullOrEmpty(options.SourceProfile))
        {
            throw CredentialFailure.Unusable(Name(profile), "it has a role_arn without a source_profile or credential_source");
        }

        // A profile may name itself: its own keys then assume its role.
        if (options.SourceProfile == profile.Name && !string.IsNullOrEmpty(options.AccessKey))
        {
            return string.IsNullOrEmpty(options.Token)
                ? new BasicAWSCredentials(options.AccessKey, options.SecretKey)
                : new SessionAWSCredentials(options.AccessKey, options.SecretKey, options.Token);
        }

        visited.Add(profile.Name);
        if (visited.Contains(options.SourceProfile))
        {
            throw CredentialFailure.Unusable(
                Name(profile), $"its source_profile leads back to itself ({string.Join(" -> ", [.. visited, options.SourceProfile])})");
        }

        return environment.Profiles.TryGetProfile(options.SourceProfile, out var next)
            ? await BuildAsync(next, visited).ConfigureAwait(false)
            : throw environment.NotFound(options.SourceProfile);
    }

    private static string Name(CredentialProfile profile) => $"profile '{profile.Name}'";
}
