using System.Buffers.Binary;
using System.Net;
using HostingOps.Engine.Dns.Audit.Asking;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Asks the zone above and every server of a zone about it.</summary>
/// <param name="client">Asks.</param>
/// <param name="walk">Knows whom.</param>
/// <param name="ours">The zone that we control.</param>
/// <param name="stranger">A label that nobody has made a record for.</param>
internal sealed class ZoneLook(PoliteDnsClient client, DelegationWalk walk, DnsName ours, string stranger)
{
    /// <summary>Name servers of one zone that are asked; the root has thirteen.</summary>
    public const int MostServers = 16;

    /// <summary>Looks at a zone.</summary>
    public async Task<ZoneView> LookAsync(DnsZone zone, CancellationToken cancellationToken)
    {
        var servers = await Task.WhenAll(zone.Servers.Take(MostServers).Select(server => LookAsync(zone, server, cancellationToken))).ConfigureAwait(false);
        var signers = await SignersAsync(zone, cancellationToken).ConfigureAwait(false);
        var view = new ZoneView
        {
            Name = zone.Name,
            IsOurs = zone.Name.IsAtOrBelow(ours),
            Delegated = zone.IsReferred ? zone.Servers.Select(static server => server.Name).ToList() : null,
            DelegatedBy = zone.ToldBy,
            Servers = servers.SelectMany(static server => server).ToList(),
            Signers = signers,
            AnyName = zone.Name.IsAtOrBelow(ours) ? null : await AnyNameAsync(zone, cancellationToken).ConfigureAwait(false),
        };
        return view.IsSigned ? await WithKeysAsync(view, zone, cancellationToken).ConfigureAwait(false) : view;
    }

    private async Task<IReadOnlyList<ZoneServerView>> LookAsync(DnsZone zone, ZoneServer server, CancellationToken cancellationToken)
    {
        var addresses = await walk.AddressesAsync(server, cancellationToken).ConfigureAwait(false);
        return addresses.Problem is not null
            ? [new ZoneServerView(server.Name, null, server.Name.ToString(), ZoneServerState.WithoutAddress) { Problem = addresses.Problem, IsSure = addresses.IsSure }]
            : await Task.WhenAll(addresses.Endpoints.Select(endpoint => LookAsync(zone, server.Name, endpoint, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<ZoneServerView> LookAsync(DnsZone zone, DnsName server, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var view = new ZoneServerView(server, endpoint, ServerText.Of(server, endpoint), ZoneServerState.Serves);
        var reply = await client.AskAsync(endpoint, Ask(zone.Name, DnsRecordType.SOA), cancellationToken).ConfigureAwait(false);
        if (reply.Message is not { } message)
        {
            // Left alone by now, it may have been silent when it was asked for this very zone's address.
            var isSure = reply.WasAsked || (await client.AskAsync(endpoint, Ask(zone.Name, DnsRecordType.A), cancellationToken).ConfigureAwait(false)) is { WasAsked: true, Message: null };
            return view with { State = ZoneServerState.Silent, Problem = reply.Problem, IsSure = isSure };
        }

        var authority = message.Answers.FirstOrDefault(record => record.Type == DnsRecordType.SOA && record.Name.Equals(zone.Name));
        if (authority is null && message.IsAuthoritative && message.Answers.Any(record => record.Type == DnsRecordType.CNAME && record.Name.Equals(zone.Name)))
        {
            // A CNAME at the zone's own name hides all else there: a mistake of the zone, and not of this server.
            return view;
        }

        if (authority is null || !message.IsAuthoritative || message.ResponseCode != DnsResponseCode.NoError)
        {
            return view with { State = ZoneServerState.Lame, Problem = ServerText.WhyLame(message with { IsAuthoritative = false }) };
        }

        var names = await client.AskAsync(endpoint, Ask(zone.Name, DnsRecordType.NS), cancellationToken).ConfigureAwait(false);
        return view with
        {
            // Five numbers end the record; the serial is the first of them (RFC 1035 §3.3.13).
            Serial = BinaryPrimitives.ReadUInt32BigEndian(authority.Data.Bytes.Span[^20..]),
            Signatures = message.Answers.Select(RecordSignature.Read).OfType<RecordSignature>().Where(static signature => signature.Covered == DnsRecordType.SOA).ToList(),
            NameServers = (names.Message?.Answers ?? [])
                .Where(record => record.Type == DnsRecordType.NS && record.Name.Equals(zone.Name))
                .Select(static record => record.Data.Target!)
                .Distinct()
                .ToList(),
        };
    }

    private async Task<IReadOnlyList<DelegationSigner>?> SignersAsync(DnsZone zone, CancellationToken cancellationToken)
    {
        if (zone.Parent is not { } parent)
        {
            return null;
        }

        var reply = await walk.AskAsync(parent, Ask(zone.Name, DnsRecordType.DS), cancellationToken).ConfigureAwait(false);
        return reply.Message?.Answers.Where(record => record.Name.Equals(zone.Name)).Select(DelegationSigner.Read).OfType<DelegationSigner>().ToList();
    }

    private async Task<ZoneView> WithKeysAsync(ZoneView view, DnsZone zone, CancellationToken cancellationToken)
    {
        var reply = await walk.AskAsync(zone, Ask(zone.Name, DnsRecordType.DNSKEY), cancellationToken).ConfigureAwait(false);
        var own = reply.Message?.Answers.Where(record => record.Name.Equals(zone.Name)).ToList();
        return view with
        {
            Keys = own?.Where(static record => record.Type == DnsRecordType.DNSKEY).Select(static record => record.Data.Bytes).ToList(),
            KeySignatures = (own ?? []).Select(RecordSignature.Read).OfType<RecordSignature>().ToList(),
            KeysFrom = reply.From,
        };
    }

    private async Task<NameAnswer?> AnyNameAsync(DnsZone zone, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse($"{stranger}.{zone.Name}", out var name))
        {
            return null;
        }

        var reply = await walk.AskAsync(zone, Ask(name, DnsRecordType.A), cancellationToken).ConfigureAwait(false);
        var answer = reply.Message is null ? null : new NameAnswer { From = reply.From! }.With(reply.Message, name);
        return answer is { Cname: not null } or { V4.Count: > 0 } ? answer : null;
    }

    private static DnsAsk Ask(DnsName name, DnsRecordType type) => new(new DnsQuestion(name, type), Dnssec: true);
}
