using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Tests.Process;

public sealed class CheckTests
{
    [Fact]
    public async Task A_check_says_3_when_a_live_host_is_down_and_0_when_none_is()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        (await rehearsal.RunAsync("check")).Ended(ExitCode.Success);

        rehearsal.Sandbox.StopHost("do-1");
        var run = (await rehearsal.RunAsync("check")).Ended(ExitCode.Down);

        Assert.Contains("2 checked: 1 down, 1 healthy.", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Down +acme +do-1 ", run.Out);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.All(run.Out.Split('\n'), static line =>
        {
            Assert.True(line.Length <= 80, line);
            Assert.Equal(line.TrimEnd(), line);
            Assert.All(line, static c => Assert.InRange(c, ' ', '~'));
        });
    }

    [Fact]
    public async Task A_check_as_json_is_one_array_with_camel_case_keys_names_for_enums_and_utc_times()
    {
        await using var rehearsal = await Rehearsal.StartAsync();
        rehearsal.Sandbox.StopHost("do-1");

        var run = (await rehearsal.RunAsync("check", "--target", "all", "--json")).Ended(ExitCode.Down);

        Assert.Equal(4, run.Json.GetArrayLength());
        var dead = run.Json.EnumerateArray().First(static item => item.GetProperty("siteName").GetString() == "acme" && item.GetProperty("target").GetString() == "Primary");
        Assert.Equal("Down", dead.GetProperty("status").GetString());
        Assert.Equal("Connect", dead.GetProperty("failedPhase").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", dead.GetProperty("checkedAt").GetString());
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task An_unknown_site_is_an_error_that_names_the_nearest_one()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        var run = (await rehearsal.RunAsync("check", "acmee")).Ended(ExitCode.Error);

        Assert.StartsWith("hostingops: SiteNotFound: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("'acme'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_leaves_a_valid_empty_array_and_the_error_on_stderr()
    {
        await using var rehearsal = await Rehearsal.StartAsync();

        var run = (await rehearsal.RunAsync("check", "--json", "--endpoint-url", "http://127.0.0.1:9")).Ended(ExitCode.Error);

        Assert.Equal(0, run.Json.GetArrayLength());
        Assert.Equal("AwsEndpointUnreachable", run.ErrorJson.GetProperty("id").GetString());
    }
}
