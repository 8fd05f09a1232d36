using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class The_aws_CLI_drives_route53
{
    [SkippableFact]
    public async Task A_record_is_listed_switched_by_compare_and_swap_and_waited_for()
    {
        RealPart.Require("aws");
        await using var sandbox = await QuickSandbox.StartAsync();
        var url = sandbox.EndpointUrl;

        var zones = await AwsCli.ExpectAsync(url, "route53", "list-hosted-zones-by-name", "--dns-name", "sites.example.net");
        Assert.Equal("/hostedzone/" + sandbox.ZoneId, zones.GetProperty("HostedZones")[0].GetProperty("Id").GetString());

        var seen = await AwsCli.ExpectAsync(
            url, "route53", "list-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--query", "ResourceRecordSets[?Type=='CNAME']");
        Assert.Equal("home.dyn.example", seen[0].GetProperty("ResourceRecords")[0].GetProperty("Value").GetString());

        var swap = """
            {"Comment": "failover", "Changes": [
              {"Action": "DELETE", "ResourceRecordSet": {"Name": "cafe.sites.example.net", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "home.dyn.example"}]}},
              {"Action": "CREATE", "ResourceRecordSet": {"Name": "cafe.sites.example.net", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "spare.example"}]}}]}
            """;
        var change = await AwsCli.ExpectAsync(url, "route53", "change-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--change-batch", swap);
        var info = change.GetProperty("ChangeInfo");
        Assert.Equal("PENDING", info.GetProperty("Status").GetString());
        Assert.Equal("failover", info.GetProperty("Comment").GetString());
        await AwsCli.ExpectAsync(url, "route53", "wait", "resource-record-sets-changed", "--id", info.GetProperty("Id").GetString()!);

        var stale = await AwsCli.RunAsync(url, "route53", "change-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--change-batch", swap);
        Assert.NotEqual(0, stale.ExitCode);
        Assert.Contains(
            "An error occurred (InvalidChangeBatch) when calling the ChangeResourceRecordSets operation: [Tried to delete resource record set "
                + "[name='cafe.sites.example.net.', type='CNAME'] but the values provided do not match the current values",
            stale.Error);

        var twice = await AwsCli.RunAsync(
            url, "route53", "change-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--change-batch",
            """{"Changes": [{"Action": "CREATE", "ResourceRecordSet": {"Name": "acme.sites.example.net", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}}]}""");
        Assert.Contains("but it already exists", twice.Error);
    }

    [SkippableFact]
    public async Task The_CLI_s_own_paginator_reads_every_record_and_missing_things_have_AWS_s_codes()
    {
        RealPart.Require("aws");
        var inventory = SampleInventory.Create();
        var sites = Enumerable.Range(0, 650).Select(n => SampleInventory.Site($"s{n}", inventory.Hosts["do-1"], inventory.Hosts["li-1"]));
        await using var sandbox = await QuickSandbox.StartAsync(inventory with { Sites = [.. sites] }, QuickSandbox.Options);
        var url = sandbox.EndpointUrl;

        var count = await AwsCli.ExpectAsync(
            url, "route53", "list-resource-record-sets", "--hosted-zone-id", sandbox.ZoneId, "--query", "length(ResourceRecordSets)");
        Assert.Equal(650 * 2 + 2, count.GetInt32());
        Assert.Equal(5, sandbox.ApiCalls["ListResourceRecordSets"]);

        Assert.Contains("(NoSuchHostedZone)", (await AwsCli.RunAsync(url, "route53", "get-hosted-zone", "--id", "ZNONE")).Error);

        var created = await AwsCli.ExpectAsync(
            url, "route53", "create-health-check", "--caller-reference", "one", "--health-check-config",
            "Type=HTTPS,FullyQualifiedDomainName=www.acme.example,Port=443,ResourcePath=/,RequestInterval=30,FailureThreshold=3");
        var status = await AwsCli.ExpectAsync(
            url, "route53", "get-health-check-status", "--health-check-id", created.GetProperty("HealthCheck").GetProperty("Id").GetString()!);
        Assert.Equal(16, status.GetProperty("HealthCheckObservations").GetArrayLength());
    }
}
