using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Tests.Apex.Redirects;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>Who is let in, and whose word is believed, by a real sshd.</summary>
public sealed class SshPublishTests
{
    [SkippableTheory]
    [InlineData(false, "is not in known_hosts")]
    [InlineData(true, "is not the one in known_hosts")]
    public async Task Host_keys_are_checked_whatever_the_users_configuration_says(bool another, string words)
    {
        using var there = new Redirector(withNginx: false);
        there.Sshd.Know(another);

        var error = await Assert.ThrowsAsync<HostingException>(() => there.PublishAsync());

        Assert.Equal(ErrorIds.SshHostKeyRejected, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(there.ConfigPath));

        var known = there.Sshd.KnownElsewhere();
        var text = await File.ReadAllTextAsync(known);
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync(there.Options with { KnownHostsFile = known })).Outcome);
        Assert.Equal(text, await File.ReadAllTextAsync(known));
    }

    [SkippableFact]
    public async Task A_connection_that_the_user_shares_and_a_quiet_ssh_change_nothing_of_that()
    {
        using var there = new Redirector(withNginx: false);
        there.Sshd.Configure($"ControlMaster auto\nControlPath {there.Place("shared")}\nControlPersist 5\nLogLevel QUIET");
        Assert.Equal(ApexPublishOutcome.Published, (await there.PublishAsync()).Outcome);
        there.Sshd.Know(anotherKey: true);
        var text = there.Text;
        there.Sites = [ApexSites.Site("new", "new.example")];

        var error = await Assert.ThrowsAsync<HostingException>(() => there.PublishAsync());

        Assert.Equal(ErrorIds.SshHostKeyRejected, error.ErrorId);
        Assert.Contains("is not the one in known_hosts", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, there.Text);
        Assert.False(File.Exists(there.Place("shared")));
    }

    [SkippableFact]
    public async Task Who_is_not_there_and_who_does_not_let_us_in_are_told_apart()
    {
        using var there = new Redirector(withNginx: false);
        var gone = await Assert.ThrowsAsync<HostingException>(() => there.PublishAsync(there.Options with { Destination = there.Sshd.Destination with { Port = RealSshd.FreePort() } }));
        var denied = await Assert.ThrowsAsync<HostingException>(() => there.PublishAsync(there.Options with { Destination = there.Sshd.Destination with { User = "nosuchuser" } }));
        var missing = await Assert.ThrowsAsync<HostingException>(() => there.PublishAsync(there.Options with { SshProgram = "no-such-ssh" }));

        Assert.Equal((ErrorIds.SshConnectionFailed, HostingErrorCategory.ConnectionError), (gone.ErrorId, gone.Category));
        Assert.Equal((ErrorIds.SshConnectionFailed, HostingErrorCategory.AuthenticationError), (denied.ErrorId, denied.Category));
        Assert.Equal((ErrorIds.SshConnectionFailed, HostingErrorCategory.ObjectNotFound), (missing.ErrorId, missing.Category));
    }
}
