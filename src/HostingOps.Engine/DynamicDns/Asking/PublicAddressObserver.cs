using HostingOps.Engine.DynamicDns.Deciding;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>What the sources say of this machine's address, weighed.</summary>
internal sealed class PublicAddressObserver(IReadOnlyList<UplinkSettings> uplinks, AddressAsker asker, TimeProvider time)
{
    /// <summary>Asks for the families at once; each is judged apart.</summary>
    public async Task<IReadOnlyList<PublicIpAddress>> ObserveAsync(
        DynamicDnsRecord record, IReadOnlyList<PublicAddressFamily> families, CancellationToken cancellationToken) =>
        await Task.WhenAll(families.Distinct().Order().Select(async family =>
        {
            var answers = await asker.AskAsync(record, family, cancellationToken).ConfigureAwait(false);
            var judged = AddressAgreement.Judge(family, answers, record.Quorum, time.GetUtcNow());
            return judged with { Uplink = UplinkRanges.Find(uplinks, judged.Address)?.Name };
        })).ConfigureAwait(false);
}
