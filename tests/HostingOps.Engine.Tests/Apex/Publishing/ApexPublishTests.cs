using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Tests.Apex.Redirects;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>Publishing through a real sshd to a real nginx.</summary>
public sealed class ApexPublishTests
{
    private static readonly string[] Backup = [".apex.conf.hostingops-former"];

    [SkippableFact]
    public async Task It_is_published_served_and_then_unchanged()
    {
        using var there = new Redirector();

        var first = await there.PublishAsync();
        Assert.Equal((ApexPublishOutcome.Published, null), (first.Outcome, first.ErrorId));
        Assert.Equal((3, 3, 0, 0, 3), (first.DomainCount, first.Added, first.Removed, first.Changed, first.VerifiedCount));
        Assert.Null(first.FormerChecksum);
        Assert.Null(first.BackupPath);
        await there.AssertSendsAsync("law.example", "https://www.acme.example/x?y");
        Assert.Empty(there.Litter);
        Assert.Equal(
            [ApexPublishStep.Connect, ApexPublishStep.Upload, ApexPublishStep.Test, ApexPublishStep.Swap, ApexPublishStep.Reload, ApexPublishStep.Verify],
            first.Timeline.Select(static entry => entry.Step));

        var text = there.Text;
        var written = File.GetLastWriteTimeUtc(there.ConfigPath);
        var second = await there.PublishAsync();
        Assert.Equal((ApexPublishOutcome.Unchanged, first.Checksum), (second.Outcome, second.FormerChecksum));
        Assert.Empty(second.Timeline);
        Assert.Equal(written, File.GetLastWriteTimeUtc(there.ConfigPath));

        there.Sites = [ApexSites.Site("acme", "acme.example"), ApexSites.Site("zoo", "zoo.example", "law.example", "new.example")];
        var third = await there.PublishAsync();
        Assert.Equal((ApexPublishOutcome.Published, 1, 0, 1), (third.Outcome, third.Added, third.Removed, third.Changed));
        await there.AssertSendsAsync("law.example", "https://www.zoo.example/x?y");
        Assert.Equal(Backup, there.Litter);
        Assert.Equal(text, await File.ReadAllTextAsync(third.BackupPath!));
    }

    [SkippableFact]
    public async Task It_is_verified_where_the_inventory_leads_connections()
    {
        using var there = new Redirector();
        there.ConnectTo = new Dictionary<string, string> { ["192.0.2.9:80"] = there.Options.VerifyAddress! };

        var result = await there.PublishAsync(there.Options with { VerifyAddress = "192.0.2.9", VerifyTimeout = TimeSpan.FromSeconds(10) });

        Assert.Equal((ApexPublishOutcome.Published, 3), (result.Outcome, result.VerifiedCount));
    }

    [SkippableFact]
    public async Task What_nginx_refuses_never_takes_its_place()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;

        // No configuration that we generate is one that nginx refuses; so nginx is made to refuse what it gets in a scratch folder.
        var nginx = there.Test[0];
        there.Test = [there.Program("nginx", $"case \"$*\" in */tmp/tmp.*) echo '[emerg] no such thing' >&2; exit 1;; esac\nexec '{nginx}' \"$@\""), .. there.Test.Skip(1)];
        there.Sites = [ApexSites.Site("acme", "acme.example"), ApexSites.Site("new", "new.example")];
        var result = await there.PublishAsync();

        Assert.Equal((ApexPublishOutcome.Failed, ErrorIds.ApexConfigRejected), (result.Outcome, result.ErrorId));
        Assert.Contains("no such thing", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Timeline, static entry => entry.Step == ApexPublishStep.Swap);
        Assert.Equal(text, there.Text);
        Assert.Empty(there.Litter);
        await there.AssertSendsAsync("law.example", "https://www.acme.example/x?y");
    }

    [SkippableFact]
    public async Task What_clashes_with_the_rest_of_the_configuration_is_taken_back_before_the_reload()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(there.ConfigPath)!, "other.conf"), "map_hash_max_size 4096;\n");
        there.Sites = [ApexSites.Site("new", "new.example")];

        var result = await there.PublishAsync();

        Assert.Equal((ApexPublishOutcome.RolledBack, ErrorIds.ApexPublishRolledBack), (result.Outcome, result.ErrorId));
        Assert.Contains("duplicate", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Timeline, static entry => entry.Step == ApexPublishStep.Reload);
        Assert.Equal(text, there.Text);
        Assert.Empty(there.Litter);
        await there.AssertSendsAsync("law.example", "https://www.acme.example/x?y");
    }

    [SkippableFact]
    public async Task A_reload_that_fails_is_taken_back()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;
        there.Reload = [there.Program("reload", "printf 'no \\033[31msuch service\\n'; exit 3")];
        there.Sites = [ApexSites.Site("new", "new.example")];

        var result = await there.PublishAsync();

        Assert.Equal((ApexPublishOutcome.RolledBack, ErrorIds.ApexPublishRolledBack), (result.Outcome, result.ErrorId));
        Assert.Equal("The reload failed: no [31msuch service. The former file is back.", result.Reason);
        Assert.Equal(text, there.Text);
        Assert.Empty(there.Litter);
    }

    [SkippableFact]
    public async Task What_is_not_served_after_the_reload_is_taken_back_and_loaded()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var text = there.Text;
        var (reload, count) = (there.Reload, there.Place("reloads"));
        there.Reload = [there.Program("reload", $"echo >> '{count}'")];
        there.Sites = [ApexSites.Site("new", "new.example")];

        var result = await there.PublishAsync(there.Options with { VerifyTimeout = TimeSpan.FromMilliseconds(600) });

        Assert.Equal((ApexPublishOutcome.RolledBack, ErrorIds.ApexPublishRolledBack), (result.Outcome, result.ErrorId));
        Assert.Contains("for new.example; 301 to https://www.new.example/", result.Reason, StringComparison.Ordinal);
        Assert.Equal(text, there.Text);
        Assert.Equal("\n\n", await File.ReadAllTextAsync(count));
        Assert.Empty(there.Litter);

        there.Reload = reload;
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync()).Outcome);
    }

    [SkippableFact]
    public async Task A_first_publish_that_fails_leaves_no_file()
    {
        using var there = new Redirector();
        there.Reload = ["false"];

        Assert.Equal(ApexPublishOutcome.RolledBack, (await there.PublishAsync()).Outcome);
        Assert.False(File.Exists(there.ConfigPath));
        Assert.Empty(there.Litter);
    }

    [SkippableFact]
    public async Task Hand_edits_and_others_files_are_left_alone_unless_they_are_given_up()
    {
        using var there = new Redirector(withNginx: false);
        await there.PublishAsync();
        var ours = there.Text;
        foreach (var text in new[] { ours + "# mine\n", "server { }\n" })
        {
            await File.WriteAllTextAsync(there.ConfigPath, text);
            var result = await there.PublishAsync();
            Assert.Equal((ApexPublishOutcome.Failed, ErrorIds.ApexConfigEdited), (result.Outcome, result.ErrorId));
            Assert.Equal(text, there.Text);

            var forced = await there.PublishAsync(there.Options with { OverwriteEdited = true });
            Assert.Equal(ApexPublishOutcome.Published, forced.Outcome);
            Assert.Equal(ours, there.Text);
            Assert.Equal(text, await File.ReadAllTextAsync(forced.BackupPath!));
        }
    }

    [SkippableFact]
    public async Task What_was_changed_since_the_plan_is_a_conflict()
    {
        using var there = new Redirector(withNginx: false);
        await using var workspace = there.Open();
        var plan = await workspace.PlanPublishAsync(there.Options, CancellationToken.None);
        await File.WriteAllTextAsync(there.ConfigPath, "mine\n");

        var result = await workspace.PublishAsync(plan, CancellationToken.None);

        Assert.Equal((ApexPublishOutcome.Failed, ErrorIds.ApexPublishConflict), (result.Outcome, result.ErrorId));
        Assert.Equal("mine\n", there.Text);
        Assert.Empty(there.Litter);
    }

    [SkippableFact]
    public async Task A_name_that_is_served_on_though_it_was_removed_is_found_out()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var (text, reload) = (there.Text, there.Reload);
        there.Reload = ["true"];
        there.Sites = [there.Sites[0]];

        // Every name of the new configuration is answered rightly by the former one too.
        var result = await there.PublishAsync(there.Options with { VerifyTimeout = TimeSpan.FromMilliseconds(600) });

        Assert.Equal((ApexPublishOutcome.RolledBack, 1), (result.Outcome, result.Removed));
        Assert.Contains("still answers 301 to https://www.zoo.example/", result.Reason, StringComparison.Ordinal);
        Assert.Contains("for zoo.example", result.Reason, StringComparison.Ordinal);
        Assert.Equal(text, there.Text);
        there.Reload = reload;
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync()).Outcome);
    }

    [SkippableFact]
    public async Task Paths_with_anything_in_them_and_links_work()
    {
        using var there = new Redirector(withNginx: false, file: "it's \"the\" $(touch x) one;.conf");
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync()).Outcome);
        Assert.Equal(ApexPublishOutcome.Unchanged, (await there.PublishAsync()).Outcome);
        var link = there.Place("link.conf");
        File.CreateSymbolicLink(link, there.ConfigPath);
        there.Sites = [ApexSites.Site("new", "new.example")];

        var result = await there.PublishAsync(there.Options with { Path = link });

        Assert.Equal((ApexPublishOutcome.Published, there.ConfigPath), (result.Outcome, result.Path));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Contains("new.example", there.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Ten_thousand_names_are_published_whole()
    {
        using var there = new Redirector { Sites = ApexSites.Many(10_000) };
        var result = await there.PublishAsync();

        Assert.Equal((ApexPublishOutcome.Published, 10_500), (result.Outcome, result.DomainCount));
        Assert.InRange(there.Text.Length, 1_000_000, 10_000_000);
        await there.AssertSendsAsync("client-9998.example", "https://www.client-9998.example/x?y");
    }

    [SkippableFact]
    public async Task Of_many_publishers_at_once_each_says_what_it_did()
    {
        using var there = new Redirector();
        await there.PublishAsync();
        var others = Enumerable.Range(0, 4).Select(number => $"n{number}.example").ToList();
        var results = await Task.WhenAll(others.Select(async domain =>
        {
            await using var workspace = HostingWorkspace.Open(
                there.Open().Inventory with { Sites = [ApexSites.Site("one", domain)] }, new WorkspaceOptions(), SilentReporter.Instance);
            return await workspace.PublishAsync(await workspace.PlanPublishAsync(there.Options, CancellationToken.None), CancellationToken.None);
        }));

        Assert.Contains(results, static result => result.Outcome == ApexPublishOutcome.Published);
        Assert.All(results, static result => Assert.True(
            result.Outcome == ApexPublishOutcome.Published || result.ErrorId is ErrorIds.ApexPublishBusy or ErrorIds.ApexPublishConflict, result.Reason));

        // Whoever came last won, whole, and nginx serves it.
        var there2 = results.Single(result => there.Text.Contains(result.Checksum, StringComparison.Ordinal));
        Assert.Equal(ApexPublishOutcome.Published, there2.Outcome);
        var winner = others[Array.IndexOf(results, there2)];
        await there.AssertSendsAsync(winner, $"https://www.{winner}/x?y");
        Assert.Equal(Backup, there.Litter);
    }
}
