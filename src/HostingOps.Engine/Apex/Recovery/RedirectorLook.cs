using System.Net;
using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>Looks whether the redirector behind an address still works: by its redirects, several times, and by EC2's status checks.</summary>
internal sealed class RedirectorLook(RecoveryContext context)
{
    private const int Rounds = 3;
    private const int NamesAsked = 3;

    /// <summary>The answers to RedirectorDown and ObserverSane, and whether the redirector was seen at work.</summary>
    /// <exception cref="HostingException">An AWS error.</exception>
    public async Task<(ApexRecoveryGate Down, ApexRecoveryGate Observer, bool Works)> LookAsync(
        ElasticIp address, IReadOnlyList<ApexRedirect> redirects, ApexRecoveryOptions options, CancellationToken cancellationToken)
    {
        var observing = context.ObserveAsync(cancellationToken);
        var (works, seen) = await AskAsync(address.PublicIp, redirects, Rounds, options.Interval, cancellationToken).ConfigureAwait(false);
        var sanity = await observing.ConfigureAwait(false);
        var status = await StatusAsync(address, cancellationToken).ConfigureAwait(false);
        return (Down(address, options.Planned, works, seen, status, sanity), Observer(options.Planned, works == true, sanity), works == true);
    }

    /// <summary>One more question before anything is launched.</summary>
    public async Task<string?> WorksAgainAsync(string publicIp, IReadOnlyList<ApexRedirect> redirects, CancellationToken cancellationToken)
    {
        var (works, seen) = await AskAsync(publicIp, redirects, 1, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return works == true ? seen : null;
    }

    // True: it redirects. Null: something answers, but not with a redirect. False: silence.
    private async Task<(bool? Works, string Seen)> AskAsync(
        string publicIp, IReadOnlyList<ApexRedirect> redirects, int rounds, TimeSpan pause, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(publicIp);
        if (redirects.Count == 0 || !context.Routes.LeadTo(address, 80))
        {
            return (null, redirects.Count == 0 ? "there is no redirect to ask for" : ApexRoutes.NoWay(new IPEndPoint(address, 80)));
        }

        var (seen, answered) = ("", false);
        for (var round = 0; round < rounds; round++)
        {
            if (round > 0)
            {
                await Task.Delay(pause, context.Time, cancellationToken).ConfigureAwait(false);
            }

            // Others each time: one name may be at fault.
            var asked = Enumerable.Range(0, Math.Min(NamesAsked, redirects.Count))
                .Select(index => redirects[((round * NamesAsked) + index) % redirects.Count])
                .Select(redirect => context.ProbeOf(redirect, "/").AskAsync(publicIp, cancellationToken));
            foreach (var answer in await Task.WhenAll(asked).ConfigureAwait(false))
            {
                if (answer.Redirects)
                {
                    return (true, answer.Seen);
                }

                answered |= answer.Status is not null;
                seen = answer.Seen;
            }
        }

        return (answered ? null : false, seen);
    }

    private async Task<InstanceStatus?> StatusAsync(ElasticIp address, CancellationToken cancellationToken)
    {
        try
        {
            return address.InstanceId is { } id ? await context.Instances.StatusAsync(id, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.InstanceNotFound)
        {
            return null;
        }
    }

    private static ApexRecoveryGate Down(ElasticIp address, bool planned, bool? works, string seen, InstanceStatus? status, ObserverSanity sanity)
    {
        var ec2 = address.InstanceId is not { } id
            ? $"The address is with {address.Association}."
            : $"EC2 says of {id}: {status?.InstanceState?.Name?.Value ?? address.InstanceState ?? "not listed"}"
                + $"{(status?.SystemStatus?.Status?.Value is { } system ? $", system {system}, instance {status.Status?.Status?.Value ?? "unknown"}" : "")}.";
        if (planned)
        {
            return new(ApexRecoveryGateName.RedirectorDown, GateOutcome.Passed, $"Its replacement is planned{(works == true ? $"; it answers: {seen}" : $": {seen}")}. {ec2}");
        }

        if (!address.IsAssociated || works == false)
        {
            var well = address.IsAssociated && status?.SystemStatus?.Status?.Value == "ok" && status.Status?.Status?.Value == "ok" && status.InstanceState?.Name?.Value == "running";
            return well && !sanity.WasChecked
                ? new(
                    ApexRecoveryGateName.RedirectorDown,
                    GateOutcome.Unknown,
                    $"Nothing answers ({seen}), but {ec2} Nothing proves that this machine sees right: name policy.observerChecks in the inventory, or use -Planned.")
                : new(ApexRecoveryGateName.RedirectorDown, GateOutcome.Passed, address.IsAssociated ? $"Asked {Rounds} times, it does not answer: {seen}. {ec2}" : ec2);
        }

        return works == true
            ? new(ApexRecoveryGateName.RedirectorDown, GateOutcome.Refused, $"It answers: {seen}. {ec2} -Planned replaces it all the same.")
            : new(ApexRecoveryGateName.RedirectorDown, GateOutcome.Unknown, $"It does not redirect: {seen}. {ec2} -Planned replaces it all the same.");
    }

    private static ApexRecoveryGate Observer(bool planned, bool works, ObserverSanity sanity) => new(
        ApexRecoveryGateName.ObserverSane,
        sanity.IsSane || planned || works ? GateOutcome.Passed : GateOutcome.Refused,
        sanity.Reason);
}
