using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace HostingOps.Testing.Pictures;

/// <summary>Writes and reads PNG pictures of 8 bits a channel, not interlaced, with or without alpha: what a browser's screenshot is.</summary>
public static class Png
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Write(Picture picture)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in picture.Pixels.Chunk(picture.Width * 3))
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        WriteChunk(file, "IDAT", data.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    public static Picture Read(byte[] file)
    {
        if (!file.AsSpan().StartsWith(Signature))
        {
            throw new InvalidDataException("It is no PNG.");
        }

        var (width, height, channels) = (0, 0, 0);
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var body = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]));
                    channels = (body[8], body[9], body[12]) switch
                    {
                        (8, 2, 0) => 3,
                        (8, 6, 0) => 4,
                        _ => throw new InvalidDataException($"PNG of depth {body[8]}, type {body[9]}, interlacing {body[12]}."),
                    };
                    break;
                case "IDAT":
                    data.Write(body);
                    break;
            }

            at += length + 12;
        }

        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        return new Picture(width, height, Unfiltered(zlib, width, height, channels));
    }

    private static byte[] Unfiltered(ZLibStream data, int width, int height, int channels)
    {
        var pixels = new byte[width * height * 3];
        var (row, above) = (new byte[width * channels], new byte[width * channels]);
        for (var y = 0; y < height; y++)
        {
            var filter = data.ReadByte();
            data.ReadExactly(row);
            for (var x = 0; x < row.Length; x++)
            {
                int left = x >= channels ? row[x - channels] : 0;
                int corner = x >= channels ? above[x - channels] : 0;
                row[x] += filter switch
                {
                    0 => 0,
                    1 => (byte)left,
                    2 => above[x],
                    3 => (byte)((left + above[x]) / 2),
                    4 => (byte)Paeth(left, above[x], corner),
                    _ => throw new InvalidDataException($"PNG filter {filter}."),
                };
            }

            for (var x = 0; x < width; x++)
            {
                row.AsSpan(x * channels, 3).CopyTo(pixels.AsSpan(((y * width) + x) * 3));
            }

            (row, above) = (above, row);
        }

        return pixels;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var guess = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] body)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(type), .. body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
