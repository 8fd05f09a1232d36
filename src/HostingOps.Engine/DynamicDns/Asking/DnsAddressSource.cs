using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>Asks a name server that answers with the address it was asked from: as an address, or as text.</summary>
/// <param name="client">Asks.</param>
/// <param name="resolve">Resolves the server's name to addresses of one family.</param>
/// <param name="timeout">For everything.</param>
internal sealed class DnsAddressSource(
    DnsClient client, Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> resolve, TimeSpan timeout)
{
    public async Task<AddressReading> AskAsync(AddressSource source, AddressFamily family, CancellationToken cancellationToken)
    {
        IPAddress[] servers;
        try
        {
            servers = await resolve(source.Server, family, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            return AddressReading.None($"has a name server that can't be looked up: {failure.Message.TrimEnd('.')}");
        }

        if (servers.Length == 0)
        {
            return AddressReading.None("has no name server of that address family");
        }

        var type = source.Type ?? (family == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA);
        try
        {
            var answer = await client.QueryAsync(
                new IPEndPoint(servers[0], source.Port), new DnsQuestion(source.Name!, type, source.Class), timeout, recursionDesired: true, cancellationToken)
                .ConfigureAwait(false);
            return Read(answer, source, type, family);
        }
        catch (HostingException failure) when (failure.ErrorId == ErrorIds.DnsQueryFailed)
        {
            return AddressReading.None(failure.Category == HostingErrorCategory.OperationTimeout
                ? FormattableString.Invariant($"gave no answer within {timeout.TotalSeconds:0.###} s")
                : "gave no readable answer");
        }
    }

    private static AddressReading Read(DnsMessage answer, AddressSource source, DnsRecordType type, AddressFamily family)
    {
        if (answer.ResponseCode != DnsResponseCode.NoError)
        {
            return AddressReading.Refused($"answers {answer.ResponseCode}");
        }

        var records = answer.Answers.Where(record => record.Type == type && record.Class == source.Class && record.Name.Equals(source.Name)).ToList();
        return (records, type) switch
        {
            ([], _) => AddressReading.Refused("answers without a record of that name and type"),
            ([var only], DnsRecordType.TXT) when Text(only.Data.Bytes.Span) is { } text => AddressText.Read(Encoding.ASCII.GetBytes(text), family),
            ([_], DnsRecordType.TXT) => AddressReading.Refused("answers a text of several strings"),
            ([var only], _) => AddressText.Judged(only.Data.Address!, family),
            _ => AddressReading.Refused(FormattableString.Invariant($"answers {records.Count} records where one was expected")),
        };
    }

    // One character-string (RFC 1035 §3.3): its length, then its bytes, and nothing behind.
    private static string? Text(ReadOnlySpan<byte> data) =>
        data.Length > 0 && data[0] == data.Length - 1 ? Encoding.Latin1.GetString(data[1..]) : null;
}
