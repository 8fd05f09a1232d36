using HostingOps.Engine.Dns.Audit.Views;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Dns.Audit.Rules;

/// <summary>Whether CNAME records lead to an end, and soon. Pure.</summary>
internal static class ChainRules
{
    // From www to our record, and from there to a host that has a name only.
    private const int MostHops = 2;

    /// <summary>Judges the chains of www and of the names that the redirector answers for.</summary>
    public static IEnumerable<SiteDnsFinding> Judge(AuditContext context) =>
        context.Facts.Redirected.Prepend(context.Facts.Www).SelectMany(view => Judge(context, view)).DistinctBy(static finding => (finding.Code, finding.Name));

    /// <summary>The chain in one line.</summary>
    public static string Text(ChainView chain) => string.Join(" -> ", chain.Hops.Select(static hop => hop.Name.ToLower().ToString()));

    private static IEnumerable<SiteDnsFinding> Judge(AuditContext context, NameView view)
    {
        // At an apex the CNAME itself is wrong, wherever it leads; and what our own record leads to is not the client's business.
        var chain = view.Chain;
        if (view.Name.Equals(view.Zone) || chain.Hops.Count < 2)
        {
            yield break;
        }

        var finding = new SiteDnsFinding
        {
            Code = ChainDangling,
            Severity = SiteDnsSeverity.Error,
            Name = view.Name.ToString(),
            Seen = "",
            SeenFrom = chain.Hops.Select(static hop => hop.From).Where(static from => from.Length > 0).Distinct().ToList(),
            Expected = $"CNAME records lead from {view.Name} to an address over {MostHops} hops at most.",
        };
        var last = chain.Hops[^1];
        var atClients = !chain.LeadsOver(context.Record) || chain.End is ChainEnd.Loop;
        var mend = view.Name.Equals(context.Facts.Www.Name) && atClients
            ? RequestText.With(
                $"Please let {view.Name} lead straight to us:",
                RequestText.Record(view.Name, context.WantedTtl, "CNAME", context.Record + "."))
            : null;
        switch (chain.End)
        {
            case ChainEnd.Loop:
                yield return finding with { Code = ChainLoop, Seen = $"CNAME records lead round in a circle: {Text(chain)} -> and back.", Request = mend };
                break;
            case ChainEnd.TooLong:
                yield return finding with { Code = ChainTooLong, Seen = FormattableString.Invariant($"CNAME records lead on after {chain.Hops.Count - 1} hops: {Text(chain)}."), Request = mend };
                break;
            case ChainEnd.Nothing when !last.Name.Equals(context.Record):
                yield return finding with
                {
                    Seen = $"{view.Name} leads to {last.Name.ToLower()}, which has no address. Whoever gets hold of that name gets the visitors.",
                    Request = mend,
                };
                break;
            case ChainEnd.NotKnown:
                yield return finding with { Code = NotKnown, Severity = SiteDnsSeverity.Unknown, Seen = $"It is not known where {view.Name} ends: {chain.Problem}." };
                break;
            case ChainEnd.Address when chain.Hops.Count - 1 > MostHops:
                var direct = chain.LeadsOver(context.Record) && !chain.Hops[1].Name.Equals(context.Record) && view.Name.Equals(context.Facts.Www.Name);
                yield return finding with
                {
                    Code = ChainTooLong,
                    Severity = SiteDnsSeverity.Warning,
                    Seen = FormattableString.Invariant($"CNAME records lead over {chain.Hops.Count - 1} hops: {Text(chain)}. Each is one more that can fail, and takes time."),
                    Request = direct
                        ? RequestText.With(
                            $"Please let {view.Name} lead straight to us, without the names between:",
                            RequestText.Record(view.Name, context.WantedTtl, "CNAME", context.Record + "."))
                        : null,
                };
                break;
            default:
                break;
        }
    }
}
