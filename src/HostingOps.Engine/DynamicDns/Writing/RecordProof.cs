using HostingOps.Engine.Dns;

namespace HostingOps.Engine.DynamicDns.Writing;

/// <summary>Asks the zone's authoritative servers whether they serve what was written.</summary>
internal sealed class RecordProof(HostingInventory inventory, HostedZoneReader zones, ChangeWaiter waiter, SwitchVerifier verifier)
{
    /// <summary>Whether all serve it, and what was seen; null when the servers are not to be asked.</summary>
    public async Task<(bool? Verified, string Reason)> ProveAsync(
        HostedZoneReference zone, DnsSwitch change, string? changeId, DynamicDnsOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (changeId is not null)
            {
                await waiter.WaitAsync([changeId], options.SyncTimeout, cancellationToken).ConfigureAwait(false);
            }

            if (!inventory.VerifyDns)
            {
                return (null, "The name servers were not asked (verifyDns: false).");
            }

            var names = inventory.NameServers.Count > 0 ? [] : await zones.GetNameServersAsync(zone, cancellationToken).ConfigureAwait(false);
            var servers = await new AuthoritativeServers().FindAsync(inventory, names, cancellationToken).ConfigureAwait(false);
            var answers = await verifier.VerifyAsync(servers, [change], options.VerifyTimeout, cancellationToken).ConfigureAwait(false);
            return (answers[0].Verified, answers[0].Reason);
        }
        catch (HostingException error)
        {
            return (false, error.Message);
        }
    }
}
