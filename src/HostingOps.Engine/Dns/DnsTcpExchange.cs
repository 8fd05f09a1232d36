using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>One query and its answer over TCP, each after its length in two bytes (RFC 1035 §4.2.2).</summary>
internal static class DnsTcpExchange
{
    private const int LengthBytes = 2;

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="DnsFormatException">The answer is malformed, or answers something else.</exception>
    public static async Task<DnsMessage> AskAsync(IPEndPoint server, DnsMessage query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        var bytes = query.Encode();

        // In one piece: some servers dislike a length that arrives alone (RFC 7766 §8).
        var framed = new byte[LengthBytes + bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)bytes.Length);
        bytes.CopyTo(framed, LengthBytes);
        for (var sent = 0; sent < framed.Length;)
        {
            sent += await socket.SendAsync(framed.AsMemory(sent), cancellationToken).ConfigureAwait(false);
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(await ReceiveAsync(socket, LengthBytes, cancellationToken).ConfigureAwait(false));
        var answer = DnsMessage.Decode(await ReceiveAsync(socket, length, cancellationToken).ConfigureAwait(false));
        return Answers(query, answer)
            ? answer
            : throw new DnsFormatException("the id or the question is not the one that was sent.");
    }

    /// <summary>Whether a message is the answer to a query: same id and question.</summary>
    public static bool Answers(DnsMessage query, DnsMessage answer) =>
        answer.IsResponse
        && answer.Id == query.Id
        && answer.Opcode == query.Opcode
        && (answer.Questions.SequenceEqual(query.Questions)

            // A server that could not read the question can't repeat it.
            || (answer.Questions.Count == 0 && answer.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented));

    private static async Task<byte[]> ReceiveAsync(Socket socket, int length, CancellationToken cancellationToken)
    {
        var buffer = new byte[length];
        for (var received = 0; received < length;)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(received), cancellationToken).ConfigureAwait(false);
            received += count > 0 ? count : throw new EndOfStreamException();
        }

        return buffer;
    }
}
