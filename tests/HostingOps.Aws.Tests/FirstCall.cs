using Amazon.Route53.Model;
using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;

namespace HostingOps.Aws.Tests;

/// <summary>One call by settings, for which credentials must be found first.</summary>
internal static class FirstCall
{
    /// <summary>An answer that every call can have.</summary>
    public const string Listing = "<ListHostedZonesResponse><HostedZones/><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>";

    /// <summary>The request that arrived, signed.</summary>
    public static async Task<StubRequest> SignedAsync(AwsSettings settings)
    {
        await using var server = new StubServer(StubAnswer.Xml(Listing));
        using var connection = new AwsConnection(settings with { EndpointUrl = server.Url });
        await connection.Route53.ListHostedZonesAsync();
        return server.Only;
    }

    /// <summary>The error, before anything was sent.</summary>
    public static async Task<HostingException> FailAsync(AwsSettings settings)
    {
        await using var server = new StubServer(StubAnswer.Xml(Listing));
        var thrown = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var connection = new AwsConnection(settings with { EndpointUrl = settings.EndpointUrl ?? server.Url });
            await connection.Route53.ListHostedZonesAsync(new ListHostedZonesRequest());
        });
        Assert.Empty(server.Requests);
        return AwsErrorTranslation.Translate(thrown, "example.com", "route53:ListHostedZones");
    }
}
