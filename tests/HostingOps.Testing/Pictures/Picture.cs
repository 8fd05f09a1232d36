namespace HostingOps.Testing.Pictures;

/// <summary>Pixels of 24 bits, row by row.</summary>
public sealed record Picture(int Width, int Height, byte[] Pixels)
{
    /// <summary>One colour, chosen by a text.</summary>
    public static Picture Of(string seed, int width = 16, int height = 16)
    {
        // FNV-1a: the same in every process, which string.GetHashCode is not.
        var hash = seed.Aggregate(2166136261u, static (hash, letter) => (hash ^ letter) * 16777619u);
        byte[] colour = [(byte)hash, (byte)(hash >> 8), (byte)(hash >> 16)];
        return new Picture(width, height, [.. Enumerable.Range(0, width * height).SelectMany(_ => colour)]);
    }

    /// <summary>The share of pixels whose colour differs, from 0 to 1; 1 when the sizes differ.</summary>
    public double DifferenceFrom(Picture other)
    {
        if (Width != other.Width || Height != other.Height)
        {
            return 1;
        }

        var differing = 0;
        for (var at = 0; at < Pixels.Length; at += 3)
        {
            differing += Pixels.AsSpan(at, 3).SequenceEqual(other.Pixels.AsSpan(at, 3)) ? 0 : 1;
        }

        return differing / (double)(Width * Height);
    }

    /// <summary>How many colours there are.</summary>
    public int Colours => Pixels.Chunk(3).Select(static pixel => (pixel[0] << 16) | (pixel[1] << 8) | pixel[2]).Distinct().Count();
}
