using HostingOps.Engine.Dns.Audit.Views;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether a signed zone's keys and signatures are such that resolvers can believe it. Pure; no signature is verified.</summary>
internal static class DnssecRules
{
    /// <summary>Judges every zone of the site that the zone above says is signed.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context) =>
        context.Facts.Zones.Where(static zone => zone.IsSigned).SelectMany(zone => Keys(zone).Concat(Unsigned(zone)).Concat(Dates(context, zone))
            .Select(finding => zone.IsOurs ? finding with { Request = null } : finding));

    private static IEnumerable<SiteDnsFinding> Keys(ZoneView zone)
    {
        var known = zone.Signers!.Where(static signer => signer.IsKnown).ToList();
        if (zone.Keys is not { } keys || known.Count == 0 || keys.Any(key => known.Any(signer => signer.Fits(zone.Name, key.Span))))
        {
            yield break;
        }

        var tags = string.Join(", ", known.Select(static signer => FormattableString.Invariant($"{signer.KeyTag}")).Distinct());
        yield return new SiteDnsFinding
        {
            Code = DnssecKeyMismatch,
            Severity = SiteDnsSeverity.Error,
            Name = zone.Name.ToString(),
            Seen = keys.Count == 0
                ? $"The registry says that {zone.Name} is signed (DS for key {tags}), and the zone has no keys."
                : $"The registry vouches for key {tags} of {zone.Name} (DS), and the zone has {string.Join(", ", keys.Select(static key => FormattableString.Invariant($"{DelegationSigner.TagOf(key.Span)}")))}: none fits, so that resolvers that check refuse the whole domain.",
            SeenFrom = zone.KeysFrom is { } from ? [from] : [],
            Expected = $"A DS record of {zone.Name} at the registry fits a key of the zone, or there is none (RFC 4035, section 5).",
            Request = $"Please have the DS records of {zone.Name} at its registrar replaced by those of the zone's present key, or removed for as long as the zone is not signed. Until then the domain can't be reached by anyone whose resolver checks DNSSEC.",
        };
    }

    private static IEnumerable<SiteDnsFinding> Unsigned(ZoneView zone)
    {
        // Without keys nobody has signatures; that is told above.
        var bare = zone.Servers.Where(static server => server is { State: ZoneServerState.Serves, Signatures.Count: 0 }).ToList();
        if (bare.Count > 0 && zone.Keys is not { Count: 0 })
        {
            yield return new SiteDnsFinding
            {
                Code = DnssecUnsigned,
                Severity = SiteDnsSeverity.Error,
                Name = zone.Name.ToString(),
                Seen = $"The registry says that {zone.Name} is signed, and {string.Join(", ", bare.Select(static server => server.Text))} {(bare.Count > 1 ? "serve" : "serves")} it without signatures.",
                SeenFrom = bare.Select(static server => server.Text).ToList(),
                Expected = "Every name server serves the signed zone.",
                Request = $"Please let every name server of {zone.Name} serve the signed version of the zone: {string.Join(", ", bare.Select(static server => server.Text))} {(bare.Count > 1 ? "send" : "sends")} no signatures.",
            };
        }
    }

    private static IEnumerable<SiteDnsFinding> Dates(AuditContext context, ZoneView zone)
    {
        var seen = zone.Servers.SelectMany(static server => server.Signatures.Select(signature => (server.Text, Signature: signature)))
            .Concat(zone.KeySignatures.Select(signature => (Text: zone.KeysFrom ?? "", Signature: signature)))
            .Concat(context.Facts.Redirected.Append(context.Facts.Www).Append(context.Facts.Record)
                .Where(view => zone.Name.Equals(view.Zone))
                .SelectMany(static view => view.Heard.SelectMany(static answer => answer.Signatures.Select(signature => (Text: answer.From, Signature: signature)))));

        // While a key is replaced, one signature may be over as long as another holds.
        var best = seen
            .GroupBy(static entry => (entry.Text, entry.Signature.Name, entry.Signature.Covered))
            .Select(group => (group.Key.Text, Signature: group.Select(static entry => entry.Signature).OrderBy(signature => Holds(signature, context.Now) ? 0 : 1).ThenByDescending(static signature => signature.Expiration).First()))
            .ToList();
        var over = best.Where(entry => !Holds(entry.Signature, context.Now)).ToList();
        var soon = best.Except(over).Where(entry => entry.Signature.Expiration - context.Now < TimeSpan.FromDays(context.Settings.SignatureWarningDays)).ToList();
        if (over.Count > 0)
        {
            var worst = over.MinBy(static entry => entry.Signature.Expiration).Signature;
            yield return Dated(zone, over.Select(static entry => entry.Text)) with
            {
                Code = DnssecExpired,
                Severity = SiteDnsSeverity.Error,
                Seen = worst.Inception > context.Now
                    ? $"The signature of {Of(worst)} is valid from {Day(worst.Inception)} only: resolvers that check refuse it."
                    : $"The signature of {Of(worst)} expired on {Day(worst.Expiration)}: resolvers that check refuse it.",
            };
        }

        if (soon.Count > 0)
        {
            var first = soon.MinBy(static entry => entry.Signature.Expiration).Signature;
            yield return Dated(zone, soon.Select(static entry => entry.Text)) with
            {
                Seen = FormattableString.Invariant($"The signature of {Of(first)} expires on {Day(first.Expiration)}, within {context.Settings.SignatureWarningDays} days, and has not been renewed."),
            };
        }
    }

    private static SiteDnsFinding Dated(ZoneView zone, IEnumerable<string> from) => new()
    {
        Code = DnssecExpiring,
        Severity = SiteDnsSeverity.Warning,
        Name = zone.Name.ToString(),
        Seen = "",
        SeenFrom = from.Distinct().ToList(),
        Expected = $"The signatures of {zone.Name} are renewed well before they expire.",
        Request = $"Please have the DNSSEC signatures of {zone.Name} renewed, and check why that did not happen by itself. If they can't be renewed soon, the DS records at the registrar must be removed, or the domain can't be reached by anyone whose resolver checks DNSSEC.",
    };

    private static bool Holds(RecordSignature signature, DateTimeOffset now) => signature.Inception <= now && now < signature.Expiration;

    private static string Of(RecordSignature signature) => $"{signature.Name} {Wire.DnsRecordTypeText.ToText(signature.Covered)}";

    private static string Day(DateTimeOffset time) => FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
