using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>Asks one server for what it has of one name, with as few questions as tell it.</summary>
internal static class RecordObservation
{
    /// <summary>The record sets of the name among A, AAAA, CNAME and the other types of interest, or why they are not known.</summary>
    /// <exception cref="HostingException">DnsQueryFailed: the server did not answer.</exception>
    public static async Task<(IReadOnlyList<ObservedRecordSet> Sets, string? Problem)> AskAsync(
        DnsClient client, IPEndPoint endpoint, SwitchExpectation expectation, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var sets = new List<ObservedRecordSet>();

        // A name with a CNAME has nothing else (RFC 2181 §10.1), and a question for another type is answered with it
        // (RFC 1034 §4.3.2): so whichever answer shows a CNAME ends the asking. It is asked for by type when wanted,
        // because a server may fail on the target that an address question makes it follow.
        DnsRecordType[] types = expectation.WantsAlias
            ? [DnsRecordType.CNAME, DnsRecordType.A, DnsRecordType.AAAA, .. expectation.OtherTypes]
            : [DnsRecordType.A, DnsRecordType.AAAA, .. expectation.OtherTypes];
        foreach (var type in types)
        {
            var question = new DnsQuestion(expectation.Name, type);
            var answer = await client.QueryAsync(endpoint, question, timeout, recursionDesired: false, cancellationToken).ConfigureAwait(false);
            if (Refusal(answer) is { } refusal)
            {
                return (sets, refusal);
            }

            // Records of other names are what a CNAME led to.
            var own = answer.Answers.Where(record => record.Class == DnsClass.IN && record.Name.Equals(expectation.Name)).ToList();
            var alias = own.Where(static record => record.Type == DnsRecordType.CNAME).ToList();
            if (alias.Count > 0)
            {
                return ([Collect(alias)], null);
            }

            var asked = own.Where(record => record.Type == type).ToList();
            if (asked.Count > 0)
            {
                sets.Add(Collect(asked));
            }
            else if (answer.ResponseCode == DnsResponseCode.NameError)
            {
                // No such name: no type of it either (RFC 8020).
                return (sets, null);
            }
        }

        return (sets, null);
    }

    private static ObservedRecordSet Collect(List<DnsResourceRecord> records) =>
        new(records[0].Type, records[0].Ttl, records.Select(static record => record.Data).ToHashSet());

    private static string? Refusal(DnsMessage answer)
    {
        if (answer.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
        {
            return $"answered {answer.ResponseCode}";
        }

        // A cache may still serve the old records, or already the new ones: it proves nothing.
        return answer.IsAuthoritative ? null : "answered without authority for the zone";
    }
}
