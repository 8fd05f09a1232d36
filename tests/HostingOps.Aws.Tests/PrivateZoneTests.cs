using Amazon.Runtime;
using HostingOps.Aws.Tests.Stub;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns;

namespace HostingOps.Aws.Tests;

/// <summary>A switch in a private hosted zone would succeed and move no visitor.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class PrivateZoneTests : IDisposable
{
    private readonly EnvironmentScope environment = new();

    public void Dispose() => environment.Dispose();

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_zone_id_is_taken_only_if_its_zone_is_public(string isPrivate)
    {
        await using var server = new StubServer(StubAnswer.Xml($"""
            <GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone><Id>/hostedzone/Z1INSIDE</Id><Name>sites.example.net.</Name>
            <CallerReference>one</CallerReference><Config><PrivateZone>{isPrivate}</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone></GetHostedZoneResponse>
            """));
        using var aws = new AwsConnection(new AwsSettings { EndpointUrl = server.Url }, new BasicAWSCredentials("key", "secret"));
        var reader = new HostedZoneReader(aws.Route53, SilentReporter.Instance);

        if (isPrivate == "false")
        {
            Assert.Equal("Z1INSIDE", (await reader.GetAsync("Z1INSIDE", "sites.example.net", CancellationToken.None)).Id);
            return;
        }

        var error = await Assert.ThrowsAsync<HostingException>(() => reader.GetAsync("Z1INSIDE", "sites.example.net", CancellationToken.None));
        Assert.Equal((ErrorIds.HostedZoneNotFound, "Z1INSIDE"), (error.ErrorId, error.Target));
        Assert.Contains("private", error.Message, StringComparison.Ordinal);
        Assert.Contains("zoneId", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "Z2OUTSIDE")]
    [InlineData("false", null)]
    public async Task A_private_zone_of_the_same_name_is_passed_over_and_a_second_public_one_is_not(string isPrivate, string? found)
    {
        await using var server = new StubServer(StubAnswer.Xml($"""
            <ListHostedZonesByNameResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZones>
            <HostedZone><Id>/hostedzone/Z1INSIDE</Id><Name>sites.example.net.</Name><CallerReference>one</CallerReference><Config><PrivateZone>{isPrivate}</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone>
            <HostedZone><Id>/hostedzone/Z2OUTSIDE</Id><Name>sites.example.net.</Name><CallerReference>two</CallerReference><Config><PrivateZone>false</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone>
            </HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>
            """));
        using var aws = new AwsConnection(new AwsSettings { EndpointUrl = server.Url }, new BasicAWSCredentials("key", "secret"));
        var reader = new HostedZoneReader(aws.Route53, SilentReporter.Instance);

        if (found is not null)
        {
            Assert.Equal(found, (await reader.FindAsync("sites.example.net", CancellationToken.None)).Id);
            return;
        }

        var error = await Assert.ThrowsAsync<HostingException>(() => reader.FindAsync("sites.example.net", CancellationToken.None));
        Assert.Equal(ErrorIds.HostedZoneAmbiguous, error.ErrorId);
    }
}
