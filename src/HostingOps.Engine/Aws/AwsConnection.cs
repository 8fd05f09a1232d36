using Amazon.EC2;
using Amazon.Route53;
using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>
/// The way to AWS: clients made on first use and kept, credentials resolved on the first call, calls paced and counted.
/// Making a connection does nothing but read environment variables and the shared AWS files. Safe for use from several threads.
/// </summary>
public sealed class AwsConnection : IDisposable
{
    private readonly AwsEnvironment environment;
    private readonly AwsHttpClientFactory http;
    private readonly ChainCredentials credentials;
    private readonly AwsCallMeter meter;
    private readonly Lazy<AmazonRoute53Client> route53;
    private readonly Lazy<AmazonEC2Client> ec2;

    /// <summary>Creates the connection.</summary>
    /// <param name="settings">Profile, region and endpoint; what is null comes from the environment, then the profile.</param>
    /// <param name="credentials">Credentials instead of the chain's, for the sandbox and tests; null for the chain.</param>
    /// <param name="time">The clock for pacing; null for the system's.</param>
    /// <param name="verbose">Told what is asked of AWS before each request is sent, and how long the answer took; never a secret.</param>
    /// <exception cref="HostingException">InvalidArgument: the endpoint is not an http or https address.</exception>
    public AwsConnection(AwsSettings settings, AWSCredentials? credentials = null, TimeProvider? time = null, Action<string>? verbose = null)
    {
        environment = new AwsEnvironment(settings);
        http = new AwsHttpClientFactory();
        this.credentials = new ChainCredentials(credentials is null
            ? new CredentialChain(environment)
            : new FixedCredentialSource(credentials));
        meter = new AwsCallMeter(time ?? TimeProvider.System, verbose);
        route53 = new(MakeRoute53);
        ec2 = new(MakeEC2);
    }

    /// <summary>Route 53.</summary>
    /// <exception cref="HostingException">AwsProfileNotFound, when the region or endpoint had to come from a profile that isn't there.</exception>
    public IAmazonRoute53 Route53 => route53.Value;

    /// <summary>EC2.</summary>
    /// <exception cref="HostingException">AwsRegionMissing; AwsProfileNotFound.</exception>
    public IAmazonEC2 EC2 => ec2.Value;

    /// <summary>The region that EC2 is asked in.</summary>
    /// <exception cref="HostingException">AwsRegionMissing; AwsProfileNotFound.</exception>
    internal string EC2Region => environment.RequireEC2Region(environment.Endpoint(AwsService.EC2));

    /// <summary>Whether EC2 is asked on this machine: a rehearsal, whose public addresses are not those of the real world.</summary>
    internal bool IsEC2OnLoopback => AwsEnvironment.IsLoopback(environment.Endpoint(AwsService.EC2));

    /// <summary>Requests sent so far, retries included, by action: <c>route53:ListResourceRecordSets</c> and so on.</summary>
    public IReadOnlyDictionary<string, int> CallCounts => meter.Counts;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (route53.IsValueCreated)
        {
            route53.Value.Dispose();
        }

        if (ec2.IsValueCreated)
        {
            ec2.Value.Dispose();
        }

        credentials.Dispose();
        http.Dispose();
    }

    private MeteredRoute53Client MakeRoute53()
    {
        var endpoint = environment.Endpoint(AwsService.Route53);
        var config = new AmazonRoute53Config();
        AwsClientDefaults.Apply(config, http, endpoint, environment.Route53Region);
        config.AuthenticationRegion = AwsEnvironment.ImplicitRegion(environment.Route53Region);
        return new MeteredRoute53Client(credentials, config, meter.For(AwsService.Route53, Shown(endpoint), paced: !AwsEnvironment.IsLoopback(endpoint)));
    }

    // Without a user name and password that it may carry.
    private static string Shown(Uri? endpoint) => endpoint?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) ?? "AWS";

    private MeteredEC2Client MakeEC2()
    {
        var endpoint = environment.Endpoint(AwsService.EC2);
        var region = environment.RequireEC2Region(endpoint);
        var config = new AmazonEC2Config();
        AwsClientDefaults.Apply(config, http, endpoint, region);
        config.AuthenticationRegion = region;
        return new MeteredEC2Client(credentials, config, meter.For(AwsService.EC2, Shown(endpoint), paced: !AwsEnvironment.IsLoopback(endpoint)));
    }
}
