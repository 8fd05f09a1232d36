using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>
/// Asks one named server one question: over UDP with repeats, and over TCP when the answer was truncated (RFC 7766 §5).
/// Each query has a socket of its own, so source ports are random as ids are (RFC 5452). Safe for use from several threads.
/// </summary>
public sealed class DnsClient : IDnsExchange
{
    // Each repeat waits twice as long as the one before: 1/7, 2/7 and 4/7 of the time there is.
    private const int UdpAttempts = 3;

    // More than any query of ours announces that it can take.
    private const int ReceiveLength = 4096;

    private readonly TimeProvider timeProvider;
    private readonly Func<ushort> nextId;
    private readonly IOperationReporter reporter;

    /// <summary>Creates a client.</summary>
    /// <param name="timeProvider">The clock for timeouts; the system's when null.</param>
    /// <param name="nextId">Where message ids come from; unpredictable ones when null.</param>
    /// <param name="reporter">Is told of each question and its answer; null for nobody.</param>
    public DnsClient(TimeProvider? timeProvider = null, Func<ushort>? nextId = null, IOperationReporter? reporter = null)
    {
        this.reporter = reporter ?? SilentReporter.Instance;
        this.timeProvider = timeProvider ?? TimeProvider.System;
        this.nextId = nextId ?? (static () => (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1));
    }

    /// <summary>Asks for the records of a name, without recursion.</summary>
    /// <param name="server">Address and port of the server, IPv4 or IPv6.</param>
    /// <param name="name">The name in presentation form.</param>
    /// <param name="type">The record type.</param>
    /// <param name="timeout">For everything together, repeats and TCP included.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    /// <returns>The server's answer, whatever its response code.</returns>
    /// <exception cref="HostingException">DnsQueryFailed: no answer in time, unreachable, or nothing readable.</exception>
    /// <exception cref="DnsFormatException">The name is no domain name.</exception>
    public Task<DnsMessage> QueryAsync(IPEndPoint server, string name, DnsRecordType type, TimeSpan timeout, CancellationToken cancellationToken) =>
        QueryAsync(server, new DnsQuestion(DnsName.Parse(name), type), timeout, recursionDesired: false, cancellationToken);

    /// <summary>Asks a question.</summary>
    /// <inheritdoc cref="QueryAsync(IPEndPoint, string, DnsRecordType, TimeSpan, CancellationToken)"/>
    public Task<DnsMessage> QueryAsync(
        IPEndPoint server, DnsQuestion question, TimeSpan timeout, bool recursionDesired, CancellationToken cancellationToken) =>
        QueryAsync(server, new DnsAsk(question, recursionDesired), timeout, cancellationToken);

    /// <summary>Asks a question in a given way.</summary>
    /// <inheritdoc cref="QueryAsync(IPEndPoint, string, DnsRecordType, TimeSpan, CancellationToken)"/>
    public async Task<DnsMessage> QueryAsync(IPEndPoint server, DnsAsk ask, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var question = ask.Question;
        var started = timeProvider.GetTimestamp();
        using var expiry = new CancellationTokenSource(timeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            var query = new DnsMessage
            {
                Id = nextId(),
                RecursionDesired = ask.Recursion,
                CheckingDisabled = ask.CheckingDisabled,
                Questions = [question],
                Edns = new DnsEdns { DnssecOk = ask.Dnssec },
            };
            var answer = await AskAsync(server, query, timeout, both.Token).ConfigureAwait(false);
            if (answer.Edns is null && answer.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented)
            {
                // RFC 6891 §7: a server that knows no EDNS says so, and is asked again without.
                var left = timeout - timeProvider.GetElapsedTime(started);
                query = query with { Id = nextId(), Edns = null };
                answer = await AskAsync(server, query, left > TimeSpan.Zero ? left : TimeSpan.Zero, both.Token).ConfigureAwait(false);
            }

            return answer;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(server, question, HostingErrorCategory.OperationTimeout, FormattableString.Invariant($"gave no answer within {timeout.TotalSeconds:0.###} s"), exception);
        }
        catch (SocketException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failure(server, question, HostingErrorCategory.ConnectionError, $"can't be reached: {exception.Message}", exception);
        }
        catch (EndOfStreamException exception)
        {
            throw Failure(server, question, HostingErrorCategory.ProtocolError, "closed the TCP connection before its answer was complete", exception);
        }
        catch (DnsFormatException exception)
        {
            throw Failure(server, question, HostingErrorCategory.ProtocolError, $"sent an unreadable answer: {exception.Message}", exception);
        }
    }

    private async Task<DnsMessage> AskAsync(IPEndPoint server, DnsMessage query, TimeSpan time, CancellationToken cancellationToken)
    {
        var answer = await AskByUdpAsync(server, query, time, cancellationToken).ConfigureAwait(false);
        Tell(server, answer);
        if (!answer.IsTruncated)
        {
            return answer;
        }

        reporter.Debug(FormattableString.Invariant($"DNS question to {server} over TCP, id {query.Id}: {query.Questions[0]}"));
        answer = await DnsTcpExchange.AskAsync(server, query, cancellationToken).ConfigureAwait(false);
        Tell(server, answer);
        return answer;
    }

    private void Tell(IPEndPoint server, DnsMessage answer) => reporter.Debug(FormattableString.Invariant(
        $"DNS answer of {server}, id {answer.Id}: {answer.ResponseCode}{(answer.IsAuthoritative ? ", authoritative" : "")}{(answer.IsTruncated ? ", truncated" : "")}, {answer.Answers.Count} records"));

    private async Task<DnsMessage> AskByUdpAsync(IPEndPoint server, DnsMessage query, TimeSpan time, CancellationToken cancellationToken)
    {
        // Connected: the kernel drops what comes from elsewhere, and reports a closed port.
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        var bytes = query.Encode();
        var buffer = new byte[ReceiveLength];
        var share = time / ((1 << UdpAttempts) - 1);
        for (var attempt = 1; ; attempt++)
        {
            reporter.Debug(FormattableString.Invariant($"DNS question to {server} over UDP, try {attempt} of {UdpAttempts}, id {query.Id}: {query.Questions[0]}"));
            await socket.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
            using var pause = attempt < UdpAttempts
                ? new CancellationTokenSource(share * (1 << (attempt - 1)), timeProvider)
                : new CancellationTokenSource();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
            try
            {
                return await ReceiveAsync(socket, buffer, query, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (pause.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The packet or its answer was lost, or the server is slow: ask again, and take a late answer too.
            }
        }
    }

    private static async Task<DnsMessage> ReceiveAsync(Socket socket, byte[] buffer, DnsMessage query, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            try
            {
                var answer = DnsMessageDecoder.Decode(buffer.AsSpan(0, length), mayBeCutShort: true);
                if (DnsTcpExchange.Answers(query, answer))
                {
                    return answer;
                }
            }
            catch (DnsFormatException)
            {
                // Forged or broken: neither may end the wait for the true answer.
            }
        }
    }

    private static HostingException Failure(
        IPEndPoint server, DnsQuestion question, HostingErrorCategory category, string what, Exception cause) =>
        new(
            ErrorIds.DnsQueryFailed,
            category,
            server.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"The name server {server} {what} (asked for {question})."),
            "Check that the server runs and that UDP and TCP to its port are let through.",
            cause);
}
