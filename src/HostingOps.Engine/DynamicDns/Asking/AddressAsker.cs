using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>Asks all sources of a machine's public address at once, each within its time. Never throws for what a source does.</summary>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="reporter">Is told what each source said.</param>
/// <param name="folder">The inventory's folder: commands run there, and a relative caFile lies there.</param>
/// <param name="resolve">Resolves names to addresses of one family; null for the system's resolver.</param>
internal sealed class AddressAsker(
    TimeProvider time, IOperationReporter reporter, string? folder = null, Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly string folder = Path.GetFullPath(string.IsNullOrEmpty(folder) ? Environment.CurrentDirectory : folder);
    private readonly Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> resolve = resolve ?? ResolveAsync;

    /// <summary>Asks for the address of one family.</summary>
    /// <param name="record">Its sources and time-out.</param>
    /// <param name="family">The family.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>One entry a source that speaks this family, in the order of the sources, not yet weighed against each other.</returns>
    /// <exception cref="HostingException">InvalidArgument: a source or the caFile can't be read.</exception>
    public async Task<IReadOnlyList<AddressAnswer>> AskAsync(DynamicDnsRecord record, PublicAddressFamily family, CancellationToken cancellationToken)
    {
        var roots = Roots(record);
        var sources = record.Sources.Select(AddressSource.Parse).Where(source => Speaks(source, family)).ToList();
        return await Task.WhenAll(sources.Select(source => AskOneAsync(source, record, roots, family, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<AddressAnswer> AskOneAsync(
        AddressSource source, DynamicDnsRecord record, X509Certificate2Collection? roots, PublicAddressFamily family, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var started = time.GetTimestamp();
        var network = family == PublicAddressFamily.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var reading = source.IsPlain && !record.AllowHttp
            ? AddressReading.None("is asked by http, where anybody on the way can answer; allowHttp is not set")
            : await WithinAsync(record.Timeout, token => ReadAsync(source, record, roots, network, token), cancellationToken).ConfigureAwait(false);
        var answer = new AddressAnswer
        {
            Source = source.Text,
            Operator = source.Operator,
            Address = reading.Address?.ToString(),
            Outcome = reading.Address is not null ? AddressAnswerOutcome.Undecided
                : reading.Answered ? AddressAnswerOutcome.Refused : AddressAnswerOutcome.NoAnswer,
            Reason = $"{source.Text} {reading.Problem ?? $"answers {reading.Address}"}.",
            Milliseconds = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1),
        };
        reporter.Verbose($"Public {family} address: {answer.Reason}");
        return answer;
    }

    private Task<AddressReading> ReadAsync(
        AddressSource source, DynamicDnsRecord record, X509Certificate2Collection? roots, AddressFamily family, CancellationToken cancellationToken) => source.Kind switch
        {
            AddressSourceKind.Http => new HttpAddressSource(resolve, roots).AskAsync(source, family, cancellationToken),
            AddressSourceKind.Dns => new DnsAddressSource(new DnsClient(time, reporter: reporter), resolve, record.Timeout).AskAsync(source, family, cancellationToken),
            AddressSourceKind.Command => new CommandAddressSource(folder).AskAsync(source, family, cancellationToken),
            _ => Task.FromResult(InterfaceAddressSource.Read(source.Interface, family)),
        };

    private async Task<AddressReading> WithinAsync(TimeSpan timeout, Func<CancellationToken, Task<AddressReading>> ask, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AddressReading.None(FormattableString.Invariant($"gave no answer within {timeout.TotalSeconds:0.###} s"));
        }
    }

    // A name server named by its address speaks one family only; of the other it says nothing, which is no failure of it.
    private static bool Speaks(AddressSource source, PublicAddressFamily family)
    {
        var asked = family == PublicAddressFamily.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var literal = source.Kind switch
        {
            AddressSourceKind.Dns => source.Server,
            AddressSourceKind.Http => source.Url!.IdnHost,
            _ => "",
        };
        if (IPAddress.TryParse(literal, out var address) && address.AddressFamily != asked)
        {
            return false;
        }

        return source.Type is not { } type || type == DnsRecordType.TXT || type == (asked == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA);
    }

    private X509Certificate2Collection? Roots(DynamicDnsRecord record)
    {
        if (record.CaFile is not { } file)
        {
            return null;
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(File.ReadAllText(Path.GetFullPath(file, folder)));
            return roots;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                file,
                $"The caFile '{file}' of the dynamic record '{record.Record}' can't be read: {failure.Message}",
                "Correct the path: it is relative to the inventory's folder.",
                failure);
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, AddressFamily family, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal)
            ? literal.AddressFamily == family ? [literal] : []
            : await System.Net.Dns.GetHostAddressesAsync(host, family, cancellationToken).ConfigureAwait(false);
}
