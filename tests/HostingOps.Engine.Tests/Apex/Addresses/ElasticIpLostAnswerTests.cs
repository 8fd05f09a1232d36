using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Tests.Health;
using HostingOps.Sandbox.Api;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Apex.Addresses;

/// <summary>What is claimed after an answer was lost, and what counts as the redirector's own answer.</summary>
public sealed class ElasticIpLostAnswerTests
{
    [Theory]
    [InlineData(SandboxApiFault.AccessDenied)]
    [InlineData(SandboxApiFault.ExpiredToken)]
    public async Task A_refusal_after_a_lost_answer_does_not_say_that_nothing_was_changed(SandboxApiFault refusal)
    {
        // The first write goes through, and the listing lags so far behind that it does not show.
        await using var world = await ApexWorld.StartAsync(static timings => timings with { AddressVisible = TimeSpan.FromMinutes(5) });
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.AnswerLost);
        world.Sandbox.Faults.FailNext("AssociateAddress", refusal);

        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);

        Assert.Equal((ElasticIpMoveOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.ErrorId));
        Assert.DoesNotContain("Nothing was changed", result.Reason, StringComparison.Ordinal);
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Equal(result.OperationId, Assert.Single(journal.Open(plan.AllocationId)).Id);
    }

    [Fact]
    public async Task A_refusal_without_anything_lost_says_that_nothing_was_changed()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var old = await world.HolderAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.AccessDenied);

        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);

        Assert.Equal((ElasticIpMoveOutcome.Failed, ErrorIds.AwsAccessDenied, false), (result.Outcome, result.ErrorId, result.Changed));
        Assert.EndsWith("Nothing was changed.", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Undo);
        Assert.Equal(old, await world.HolderAsync());
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Empty(journal.Open(plan.AllocationId));
    }

    [Fact]
    public async Task A_free_address_whose_move_was_lost_is_ours_and_no_conflict()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var allocation = await ElasticIpMoveTests.AllocateAsync(world);
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(allocation, fresh, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.AnswerLost, 2);

        var result = await addresses.MoveAsync(plan, world.Options() with { Probe = null }, CancellationToken.None);

        Assert.Equal((ElasticIpMoveOutcome.Moved, true), (result.Outcome, result.Changed));
        Assert.Null(result.Undo);
    }

    [Fact]
    public async Task Who_moved_it_while_our_answer_was_lost_is_not_overwritten()
    {
        await using var world = await ApexWorld.StartAsync();
        var (ours, theirs) = (await world.RunningAsync(), await world.RunningAsync("c"));
        ElasticIpMovePlan? plan = null;
        await using var workspace = HostingWorkspace.Open(
            world.Sandbox.Inventory,
            new WorkspaceOptions { StatePath = world.StateOf("here") },
            new WhenTold("was lost", () => world.EC2.AssociateAddressAsync(new() { AllocationId = plan!.AllocationId, InstanceId = theirs }).Wait(TimeSpan.FromMinutes(1))));
        plan = await workspace.ElasticIps.PlanMoveAsync(null, ours, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.ConnectionLostBefore);

        var result = await workspace.ElasticIps.MoveAsync(plan, world.Options(), CancellationToken.None);

        Assert.Equal((ElasticIpMoveOutcome.Conflict, ErrorIds.ElasticIpConflict), (result.Outcome, result.ErrorId));
        Assert.Contains(theirs, result.Reason, StringComparison.Ordinal);
        Assert.Equal(theirs, await world.HolderAsync());
    }

    [Fact]
    public async Task What_a_cut_off_move_knew_is_not_believed_when_somebody_has_edited_it()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        using var dying = new CancellationTokenSource();
        var plan = await world.Machine().ElasticIps.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Machine().ElasticIps.MoveAsync(plan, world.Options(new DyingProbe(dying)), dying.Token));
        using (var connection = new SqliteConnection($"Data Source={world.StateOf("here")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE apex_operations SET plan_json = replace(plan_json, '{plan.From.InstanceId}', 'i-0bad')";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var addresses = world.Machine().ElasticIps;
        var again = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        var error = await Assert.ThrowsAsync<HostingException>(() => addresses.MoveAsync(again, world.Options(), CancellationToken.None));

        Assert.Equal(ErrorIds.JournalTampered, error.ErrorId);
    }

    [Fact]
    public async Task A_site_that_is_not_redirected_is_not_asked_for()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var other = TestSites.Site("other") with { Domain = "other.example", ApexRedirect = false };
        var addresses = world.Machine(inventory => inventory with { Sites = [other, .. inventory.Sites] }).ElasticIps;
        var probe = addresses.ProbeFor(ApexWorld.Elastic, world.Sandbox.ConnectTo);

        var result = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None), world.Options(probe), CancellationToken.None);

        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Identity), (result.Outcome, result.Proof));
        Assert.Null(world.Machine(inventory => inventory with { Sites = [other] }).ElasticIps.ProbeFor(ApexWorld.Elastic, world.Sandbox.ConnectTo));
    }

    [Theory]
    [InlineData("https://www.acme.example/", true)]
    [InlineData("https://WWW.acme.example:443/", true)]
    [InlineData("http://www.acme.example/", false)]
    [InlineData("https://www.acme.example:8443/", false)]
    [InlineData("https://login.hotel.example/", false)]
    [InlineData("https://www.acme.example.evil.example/", false)]
    [InlineData("/", false)]
    public async Task Only_a_redirect_to_the_site_counts_as_the_redirectors(string location, bool redirects)
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Redirect(location));
        var connectTo = new Dictionary<string, string> { [ApexWorld.Elastic + ":80"] = FormattableString.Invariant($"127.0.0.1:{server.Port}") };

        RedirectorProbe Probe(string? target) => new(
            TestSites.Site("acme"), "acme.example", new ApexRoutes(null, connectTo, rehearsal: true), TimeSpan.FromMinutes(1), SilentReporter.Instance, TimeProvider.System, target);

        var strict = await Probe("www.acme.example").AskAsync(ApexWorld.Elastic, CancellationToken.None);
        var any = await Probe(null).AskAsync(ApexWorld.Elastic, CancellationToken.None);

        Assert.Equal((redirects, true), (strict.Redirects, any.Redirects));
        Assert.Equal(301, strict.Status);
        Assert.Contains(location, strict.Seen, StringComparison.Ordinal);
        Assert.All(server.Requests, static request => Assert.Equal("acme.example", request.Host));
    }

    private sealed class WhenTold(string words, Action act) : IOperationReporter
    {
        private int acted;

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
            if (message.Contains(words, StringComparison.Ordinal) && Interlocked.Exchange(ref acted, 1) == 0)
            {
                act();
            }
        }

        public void Warning(string message)
        {
        }
    }

    private sealed class DyingProbe(CancellationTokenSource dying) : IElasticIpProbe
    {
        public async Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken)
        {
            await dying.CancelAsync();
            throw new OperationCanceledException(dying.Token);
        }
    }
}
