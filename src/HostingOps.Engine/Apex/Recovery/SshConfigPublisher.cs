using System.Net;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Publishes over ssh to a new instance, which is known by the host keys on its console and by nothing else.</summary>
/// <param name="inventory">The inventory.</param>
/// <param name="keys">Reads the host keys.</param>
/// <param name="options">Time-outs and programs.</param>
/// <param name="routes">Where connections go.</param>
/// <param name="reporter">Is told what goes on.</param>
/// <param name="time">The clock.</param>
internal sealed class SshConfigPublisher(
    HostingInventory inventory, HostKeyReader keys, ApexRecoveryOptions options, ApexRoutes routes, IOperationReporter reporter, TimeProvider time) : IConfigPublisher
{
    private const int SshPort = 22;

    private string User => inventory.Apex!.Instance.LoginUser;

    /// <inheritdoc/>
    public string? RefusalFor(string? keyName) =>
        keyName is null ? "no key pair is known with which it could be published by ssh after the boot: apex.instance.keyName is missing"
        : ProgramPath.Find(options.SshProgram, Environment.GetEnvironmentVariable("PATH"), Environment.CurrentDirectory) is null
            ? "there is no ssh on PATH with which it could be published after the boot: install OpenSSH's client"
        : options.IdentityFile is { } file && !File.Exists(file)
            ? $"the key file '{file}' with which it could be published by ssh after the boot is not there"
        : !routes.LeadAnywhere(SshPort)
            ? "in this rehearsal no instance has ssh, by which it could be published after the boot; a sandbox has it where nginx, sshd and ssh-keygen are installed"
        : null;

    /// <inheritdoc/>
    public string Needs(string keyName) =>
        $"It logs in as {User} with the private key of '{keyName}', from {(options.IdentityFile is { } file ? file : "the ssh agent or ~/.ssh/config")}; the security group must let this machine in on port 22.";

    /// <inheritdoc/>
    public async Task<string> PublishAsync(string instanceId, string address, CancellationToken cancellationToken)
    {
        var host = Route(address, SshPort);
        var found = await keys.ReadAsync(instanceId, options.ConsoleTimeout, options.Interval, cancellationToken).ConfigureAwait(false);
        using var folder = ScratchFolder.Create("hostingops-known-");
        var known = Path.Combine(folder.Path, "known_hosts");
        await File.WriteAllTextAsync(known, ConsoleHostKeys.KnownHosts(host.Address, host.Port, found), cancellationToken).ConfigureAwait(false);
        reporter.Verbose($"The console of {instanceId} shows its host keys: {string.Join(", ", found.Select(static key => key.Type))}.");
        var publish = new ApexPublishOptions
        {
            Destination = new SshDestination(User, host.Address.ToString(), host.Port == SshPort ? null : host.Port),
            KnownHostsFile = known,
            IdentityFile = options.IdentityFile,
            SshProgram = options.SshProgram,
            VerifyAddress = Route(address, 80).ToString(),
        };
        var result = await UntilInAsync(publish, cancellationToken).ConfigureAwait(false);
        return $"{publish.Destination}, known by the {string.Join(", ", found.Select(static key => key.Type))} on its console: {result.Reason}";
    }

    // ssh may come up after the web server, and a publish that was cut off takes its time to be taken back.
    private async Task<ApexPublishResult> UntilInAsync(ApexPublishOptions publish, CancellationToken cancellationToken)
    {
        var table = ApexRedirectTable.Create(inventory.Sites, inventory.Apex!.Redirect.WwwAliases);
        var started = time.GetTimestamp();
        while (true)
        {
            HostingException failure;
            try
            {
                var plan = await new ApexPublishPlanner(inventory, time).PlanAsync(table, publish, cancellationToken).ConfigureAwait(false);
                var result = await new ApexPublisher(inventory, reporter, time).PublishAsync(plan, cancellationToken).ConfigureAwait(false);
                if (result.Outcome is ApexPublishOutcome.Published or ApexPublishOutcome.Unchanged)
                {
                    return result;
                }

                failure = new HostingException(result.ErrorId ?? ErrorIds.ApexPublishFailed, HostingErrorCategory.ConnectionError, publish.Destination!.ToString(), result.Reason);
            }
            catch (HostingException error)
            {
                failure = error;
            }

            if (!MayPass(failure) || time.GetElapsedTime(started) >= options.ServeTimeout)
            {
                throw failure;
            }

            reporter.Verbose($"Not published yet: {failure.Message}");
            await Task.Delay(options.Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool MayPass(HostingException error) => error.ErrorId switch
    {
        ErrorIds.SshConnectionFailed => error.Category is HostingErrorCategory.ConnectionError or HostingErrorCategory.OperationTimeout,
        ErrorIds.ApexPublishBusy or ErrorIds.ApexPublishConflict or ErrorIds.ChangeOutcomeUnknown => true,
        _ => false,
    };

    private IPEndPoint Route(string address, int port)
    {
        var wanted = new IPEndPoint(IPAddress.Parse(address), port);
        return routes.LeadTo(wanted.Address, port) ? routes.Of(wanted) : throw new HostingException(
            ErrorIds.SshConnectionFailed,
            HostingErrorCategory.ObjectNotFound,
            wanted.ToString(),
            $"{ApexRoutes.NoWay(wanted)}, so that nothing is sent there.",
            "Use the sandbox's inventory, or give its ConnectTo.");
    }
}
