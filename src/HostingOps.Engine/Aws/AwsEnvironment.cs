using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace HostingOps.Engine.Aws;

/// <summary>
/// Settings, then environment, then the profile: where a connection's region and endpoints come from.
/// </summary>
internal sealed class AwsEnvironment
{
    private const string DefaultRegion = "us-east-1";
    private readonly AwsSettings settings;
    private readonly Lazy<CredentialProfile?> profile;

    public AwsEnvironment(AwsSettings settings)
    {
        this.settings = settings;
        profile = new(FindProfile);

        // Now, so that a typing error is reported before any work is done.
        _ = Parse(settings.EndpointUrl, "The endpoint URL");
    }

    public CredentialProfileStoreChain Profiles { get; } = new();

    /// <summary>The profile asked for with a parameter or in the inventory, or null.</summary>
    public string? ExplicitProfileName => string.IsNullOrWhiteSpace(settings.Profile) ? null : settings.Profile;

    /// <summary>The profile's name: the one asked for, AWS_PROFILE's, or <c>default</c>.</summary>
    public string ProfileName => ExplicitProfileName ?? Variable("AWS_PROFILE") ?? SharedCredentialsFile.DefaultProfileName;

    /// <summary>Someone named the profile, so that it is an error when it isn't there.</summary>
    public bool IsProfileNamed => ExplicitProfileName is not null || Variable("AWS_PROFILE") is not null;

    /// <summary>The profile, or null when nobody named one and there is no default.</summary>
    /// <exception cref="HostingException">AwsProfileNotFound.</exception>
    public CredentialProfile? Profile => profile.Value;

    /// <summary>The region, or null.</summary>
    public string? Region =>
        (string.IsNullOrWhiteSpace(settings.Region) ? null : settings.Region)
        ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? Profile?.Region?.SystemName;

    /// <summary>A region of the partition whose Route 53 is meant; any will do.</summary>
    public string Route53Region => Region ?? DefaultRegion;

    /// <summary>Calls go to this machine, whichever service they are for.</summary>
    public bool IsAllLoopback => IsLoopback(Endpoint(AwsService.Route53)) && IsLoopback(Endpoint(AwsService.EC2));

    /// <summary>The service's endpoint when it isn't AWS's own, or null.</summary>
    public Uri? Endpoint(AwsService service)
    {
        if (!string.IsNullOrWhiteSpace(settings.EndpointUrl))
        {
            return Parse(settings.EndpointUrl, "The endpoint URL");
        }

        if (string.Equals(Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Parse(Variable(service.EndpointVariable), service.EndpointVariable)
            ?? Parse(Variable("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL")
            ?? Parse(Profile?.EndpointUrl, $"endpoint_url of profile '{ProfileName}'");
    }

    /// <exception cref="HostingException">AwsRegionMissing.</exception>
    public string RequireEC2Region(Uri? endpoint) =>
        Region ?? (endpoint is null ? null : DefaultRegion) ?? throw new HostingException(
            ErrorIds.AwsRegionMissing,
            HostingErrorCategory.InvalidArgument,
            "EC2",
            "EC2 needs a region, and none is set by -Region, the inventory, AWS_REGION or the AWS profile.",
            "Set 'region' under 'aws' in the inventory, for example eu-west-1.");

    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The region that global services of the same partition sign for.</summary>
    public static string ImplicitRegion(string region) => (string)Fn.Partition(region)["implicitGlobalRegion"];

    public static bool IsLoopback(Uri? endpoint) =>
        endpoint is not null && (endpoint.IsLoopback || (IPAddress.TryParse(endpoint.DnsSafeHost, out var address) && IPAddress.IsLoopback(address)));

    /// <exception cref="HostingException">AwsProfileNotFound; AwsCredentialsInvalid: the files cannot be read.</exception>
    private CredentialProfile? FindProfile()
    {
        try
        {
            if (Profiles.TryGetProfile(ProfileName, out var found))
            {
                return found;
            }
        }
        catch (Exception error) when (error is AmazonClientException or IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            // The SDK quotes the line it cannot read, and that line may be a key.
            throw CredentialFailure.Unusable(
                "the AWS credentials and config files",
                $"they cannot be read ({error.GetType().Name})",
                "Check them with 'aws configure list', and that your account may read them.");
        }

        return IsProfileNamed ? throw NotFound(ProfileName) : null;
    }

    public HostingException NotFound(string name)
    {
        var known = Profiles.ListProfiles().Select(static item => item.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var seen = known.Length switch
        {
            0 => "there are no profiles at all",
            <= 20 => $"there are: {string.Join(", ", known)}",
            _ => FormattableString.Invariant($"there are {known.Length} others"),
        };
        return new HostingException(
            ErrorIds.AwsProfileNotFound,
            HostingErrorCategory.ObjectNotFound,
            name,
            $"The AWS profile '{name}' is in neither the AWS credentials file nor the AWS config file; {seen}.",
            "Correct the name, or create the profile with 'aws configure --profile NAME' or 'aws configure sso'.");
    }

    private static Uri? Parse(string? text, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                text,
                $"{what} is '{text}'; expected an address like http://127.0.0.1:5000 or https://host.");
    }
}
