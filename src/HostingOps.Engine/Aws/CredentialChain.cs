using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Where credentials come from, in this order: the profile asked for; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; a web
/// identity token named by the environment; AWS_PROFILE's or the default profile; the container's endpoint; the instance's
/// metadata service. For endpoints on this machine (a sandbox, an emulator) placeholders stand in for the metadata service.
/// </summary>
internal sealed class CredentialChain(AwsEnvironment environment) : ICredentialSource
{
    private const string ContainerName = "the container's credentials";
    private const string Disabled = "AWS_EC2_METADATA_DISABLED";

    // An emulator checks no signature, but wants one.
    private static readonly AWSCredentials Placeholder = new BasicAWSCredentials("sandbox", "sandbox");

    public async Task<ResolvedCredentials> ResolveAsync()
    {
        var profiles = new ProfileCredentials(environment);
        if (environment.ExplicitProfileName is not null)
        {
            return await FromProfileAsync(profiles, environment.Profile!).ConfigureAwait(false);
        }

        if (EnvironmentKeys() is { } keys)
        {
            return new(keys, "the access key of the environment");
        }

        if (AwsEnvironment.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } tokenFile && AwsEnvironment.Variable("AWS_ROLE_ARN") is { } role)
        {
            return new(
                new WebIdentityCredentials(tokenFile, role, AwsEnvironment.Variable("AWS_ROLE_SESSION_NAME"), StsClients.Region(environment, null)),
                $"the web identity token for {role}");
        }

        if (environment.Profile is { } profile && ProfileCredentials.HasCredentials(profile))
        {
            return await FromProfileAsync(profiles, profile).ConfigureAwait(false);
        }

        if (environment.IsProfileNamed)
        {
            throw CredentialFailure.Unusable($"profile '{environment.ProfileName}'", "it has no credentials");
        }

        if (Container() is { } container)
        {
            return new(container, ContainerName);
        }

        if (environment.IsAllLoopback)
        {
            return new(Placeholder, "placeholder credentials");
        }

        return new(await InstanceAsync().ConfigureAwait(false), "the instance role's credentials");
    }

    public static AWSCredentials? EnvironmentKeys() =>
        AwsEnvironment.Variable("AWS_ACCESS_KEY_ID") is { } id && AwsEnvironment.Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? AwsEnvironment.Variable("AWS_SESSION_TOKEN") is { } token
                ? new SessionAWSCredentials(id, secret, token)
                : new BasicAWSCredentials(id, secret)
            : null;

    public static AWSCredentials? Container()
    {
        if (AwsEnvironment.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is null
            && AwsEnvironment.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is null)
        {
            return null;
        }

        try
        {
            return new GenericContainerCredentials();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or AmazonClientException)
        {
            throw CredentialFailure.Unusable(
                ContainerName,
                "the address in the environment is none that credentials may be asked for at",
                "Correct AWS_CONTAINER_CREDENTIALS_FULL_URI: https, or http on this machine or a container's own addresses.");
        }
    }

    public static async Task<AWSCredentials> InstanceAsync()
    {
        const string Nowhere = "not in the environment, not in the AWS files";
        if (string.Equals(AwsEnvironment.Variable(Disabled), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw CredentialFailure.Missing($"{Nowhere}, and the EC2 metadata service is switched off by {Disabled}");
        }

        try
        {
            // Its constructor asks the metadata service, and blocks: away from the caller's thread, and not for long.
            return await Task.Run(static () => new InstanceProfileAWSCredentials()).WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever went wrong there says the same: this machine is no EC2 instance with a role.
            throw CredentialFailure.Missing($"{Nowhere}, and this machine has no EC2 instance role");
        }
    }

    private static async Task<ResolvedCredentials> FromProfileAsync(ProfileCredentials profiles, CredentialProfile profile) =>
        new(await profiles.BuildAsync(profile).ConfigureAwait(false), $"profile '{profile.Name}'");
}
