using System.Text.Json;
using HostingOps.EndToEnd.Tests.World;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.BadInput;

/// <summary>AWS is not there, doesn't want us, or isn't as the plan saw it.</summary>
public sealed class AwsTests
{
    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_named()
    {
        await using var scene = await Scene.StartAsync();

        var run = (await scene.FailoverAsync("--endpoint-url", "http://127.0.0.1:9")).Ended(1);

        Assert.Equal("AwsEndpointUnreachable", run.ErrorId);
        Assert.Contains("127.0.0.1:9", run.ErrorMessage, StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task Without_credentials_nothing_is_asked_of_an_endpoint_that_is_not_on_this_machine()
    {
        await using var scene = await Scene.StartAsync();
        var asked = scene.Fleet.Sandbox.ApiCalls.Values.Sum();

        // Not a loopback address to us, and yet it leads nowhere but to this machine.
        var elsewhere = scene.Fleet.Sandbox.EndpointUrl.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal);
        var missing = (await scene.FailoverAsync("--endpoint-url", elsewhere)).Ended(1);
        var unnamed = (await scene.FailoverAsync("--profile", "agencyy")).Ended(1);

        Assert.Equal(("AwsCredentialsMissing", "AwsProfileNotFound"), (missing.ErrorId, unnamed.ErrorId));
        Assert.Contains("'agencyy'", unnamed.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(asked, scene.Fleet.Sandbox.ApiCalls.Values.Sum());
        await scene.NothingWasBegunAsync();
    }

    [Theory]
    [InlineData(SandboxApiFault.ExpiredToken, "AwsCredentialsInvalid")]
    [InlineData(SandboxApiFault.AccessDenied, "AwsAccessDenied")]
    public async Task Who_may_not_even_read_begins_nothing(SandboxApiFault fault, string errorId)
    {
        await using var scene = await Scene.StartAsync();
        scene.Fleet.Sandbox.Faults.FailNext("*", fault, 100);

        var run = (await scene.FailoverAsync()).Ended(1);

        scene.Fleet.Sandbox.Faults.Clear();
        Assert.Equal(errorId, run.ErrorId);
        Assert.NotEmpty(run.ErrorJson.GetProperty("recommendedAction").GetString()!);
        await scene.NothingWasBegunAsync();
    }

    [Theory]
    [InlineData(SandboxApiFault.ExpiredToken, "AwsCredentialsInvalid")]
    [InlineData(SandboxApiFault.AccessDenied, "AwsAccessDenied")]
    public async Task Who_may_read_and_not_write_fails_at_the_switch_and_the_journal_says_so(SandboxApiFault fault, string errorId)
    {
        await using var scene = await Scene.StartAsync();
        scene.Fleet.Sandbox.Faults.FailNext("ChangeResourceRecordSets", fault, 100);

        var run = (await scene.FailoverAsync()).Ended(1);

        scene.Fleet.Sandbox.Faults.Clear();
        Assert.Equal(("Failed", errorId), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        await scene.WorldIsAsItWasAsync();
        var (outcome, _, _, reason) = await scene.EntryAsync();
        Assert.Equal(("Failed", Text(run.Single, "reason")), (outcome, reason));
    }

    [Fact]
    public async Task A_zone_that_is_not_there_is_named()
    {
        await using var scene = await Scene.StartAsync();
        scene.Desk.WriteInventory((await File.ReadAllTextAsync(scene.Fleet.Sandbox.InventoryPath)).Replace(Fleet.Zone, "pages.example.net", StringComparison.Ordinal));

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("HostedZoneNotFound", run.ErrorId);
        Assert.Contains("'pages.example.net'", run.ErrorMessage, StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }

    [SkippableFact]
    public async Task Of_two_zones_of_one_name_none_is_guessed()
    {
        await using var scene = await Scene.StartAsync();
        var url = scene.Fleet.Sandbox.EndpointUrl;
        var twin = await AwsCli.Route53Async(url, "create-hosted-zone", "--name", Fleet.Zone, "--caller-reference", "twin");
        var twinId = twin.GetProperty("HostedZone").GetProperty("Id").GetString()!.Split('/')[^1];

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("HostedZoneAmbiguous", run.ErrorId);
        Assert.Contains(twinId, run.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(scene.Fleet.Sandbox.ZoneId, run.ErrorMessage, StringComparison.Ordinal);

        await AwsCli.Route53Async(url, "delete-hosted-zone", "--id", twinId);
        await scene.NothingWasBegunAsync();
    }

    [SkippableTheory]
    [InlineData("192.0.2.99", "UPSERT", "found A 192.0.2.99 (TTL 60)")]
    [InlineData(Fleet.Primary, "DELETE", "found no record")]
    public async Task A_record_that_somebody_else_changes_between_plan_and_switch_is_left_to_them(string value, string action, string found)
    {
        RealPart.Require("aws");
        await using var scene = await Scene.StartAsync(hookTimeout: "120s");
        var batch = scene.Desk.Home.Write("batch.json", $$$"""
            {"Changes": [{"Action": "{{{action}}}", "ResourceRecordSet":
              {"Name": "acme.{{{Fleet.Zone}}}", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "{{{value}}}"}]}}]}
            """);
        scene.Fleet.WriteHook("fence", AwsCli.ShellLine(
            scene.Fleet.Sandbox.EndpointUrl,
            $"route53 change-resource-record-sets --hosted-zone-id {scene.Fleet.Sandbox.ZoneId} --change-batch file://{batch}"));
        var others = (await scene.Fleet.ZoneAsync()).Where(static set => set.Name != "acme." + Fleet.Zone).ToList();

        var run = (await scene.FailoverAsync()).Ended(5);

        Assert.Equal(("Conflict", "RecordConflict"), (Text(run.Single, "outcome"), Text(run.Single, "errorId")));
        Assert.Contains($"expected A {Fleet.Primary} (TTL 60), {found}", Text(run.Single, "reason"), StringComparison.Ordinal);
        var after = await scene.Fleet.ZoneAsync();
        Assert.Equal(others, after.Where(static set => set.Name != "acme." + Fleet.Zone));
        Assert.Equal(action == "DELETE" ? [] : [value], after.Where(static set => set.Name == "acme." + Fleet.Zone).SelectMany(static set => set.Values));
        var (outcome, _, resumable, _) = await scene.EntryAsync();
        Assert.Equal(("Conflict", false), (outcome, resumable));
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
