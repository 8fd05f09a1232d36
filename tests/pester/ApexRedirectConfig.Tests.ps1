BeforeDiscovery {
    # Debian keeps servers in sbin, which an ordinary user's PATH may lack.
    $hasNginx = [bool](Get-Command nginx, /usr/sbin/nginx -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    $sample = Join-Path $modulePath 'samples/hosting.yml'
    $env:HOSTINGOPS_INVENTORY = $sample
}

AfterAll {
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'New-ApexRedirectConfig' {
    BeforeAll {
        $all = New-ApexRedirectConfig -SkipTest
    }

    It 'gives the configuration of all sites and writes nothing' {
        $all | Should -BeOfType HostingOps.ApexRedirectConfig
        $all.SiteCount | Should -Be @(Get-HostedSite).Count
        $all.DomainCount | Should -Be (@(Get-HostedSite).Count + (Get-HostedSite).Aliases.Count)
        $all.Path | Should -BeNullOrEmpty
        $all.Text | Should -Match '(?m)^    acmelaw\.example www\.acme-legal\.example;$'
        $all.Text | Should -Match '(?m)^    xn--eiscaf-gva\.example www\.xn--eiscaf-gva\.example;$'
        $all.Text | Should -Not -Match '\r'
    }

    It 'gives the same text again' {
        (New-ApexRedirectConfig -SkipTest).Checksum | Should -Be $all.Checksum
    }

    It 'has nginx test it' -Skip:(-not $hasNginx) {
        $tested = New-ApexRedirectConfig
        $tested.Test.Outcome | Should -Be 'Passed'
        $tested.Test.Output | Should -Match 'syntax is ok'
        $tested.Text | Should -Be $all.Text
    }

    It 'says why it was not tested' {
        $all.Test.Outcome | Should -Be 'Skipped'
        $all.Test.Reason | Should -Be 'It was not asked for.'
        $path = $env:PATH
        try {
            # A fake in front of the real one.
            $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'empty') -Force
            $env:PATH = $folder.FullName
            (New-ApexRedirectConfig -Format Caddy).Test.Reason | Should -BeLike '*no caddy on this machine*'
        }
        finally {
            $env:PATH = $path
        }
    }

    It 'takes sites from the pipeline, all into one configuration' {
        $some = @(Get-HostedSite acme, bakery | New-ApexRedirectConfig -SkipTest)
        $some | Should -HaveCount 1
        $some[0].Redirects.Host | Should -Be 'acme-legal.example', 'acmelaw.example', 'bakery.example'
        (New-ApexRedirectConfig 'b*' -SkipTest).SiteCount | Should -Be 1
    }

    It 'gives an error for a name that fits nothing, and no configuration of nothing' {
        $none = New-ApexRedirectConfig nosuch -SkipTest -ErrorAction SilentlyContinue -ErrorVariable errors
        $none | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -BeLike 'SiteNotFound,*'
    }

    It 'writes a Caddyfile too' {
        $caddy = New-ApexRedirectConfig acme -Format Caddy -SkipTest
        $caddy.Format | Should -Be 'Caddy'
        $caddy.Text | Should -Match '(?m)^https://acmelaw\.example \{$'
    }

    Context 'with -Path' {
        BeforeEach {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).conf"
        }

        It 'writes the text as it is, in UTF-8 without a mark' {
            $config = New-ApexRedirectConfig -Path $file -SkipTest
            $config.Path | Should -Be $file
            [IO.File]::ReadAllBytes($file) | Should -Be ([Text.Encoding]::UTF8.GetBytes($config.Text))
        }

        It 'understands a path on a drive of PowerShell' {
            (New-ApexRedirectConfig -Path TestDrive:\drive.conf -SkipTest).Path | Should -Be (Join-Path $TestDrive 'drive.conf')
            Join-Path $TestDrive 'drive.conf' | Should -Exist
        }

        It 'writes nothing with -WhatIf' {
            $config = New-ApexRedirectConfig -Path $file -SkipTest -WhatIf
            $config.Path | Should -BeNullOrEmpty
            $file | Should -Not -Exist
        }

        It 'replaces what it wrote, but not what was edited since or what another wrote, without -Force' {
            $null = New-ApexRedirectConfig acme -Path $file -SkipTest
            $null = New-ApexRedirectConfig -Path $file -SkipTest
            Get-Content $file -Raw | Should -Be $all.Text
            Add-Content $file '# mine'
            { New-ApexRedirectConfig -Path $file -SkipTest } | Should -Throw -ErrorId 'FileExists,*'
            Set-Content $file 'server { }'
            { New-ApexRedirectConfig -Path $file -SkipTest } | Should -Throw -ErrorId 'FileExists,*'
            Get-Content $file | Should -Be 'server { }'
            (New-ApexRedirectConfig -Path $file -SkipTest -Force).Path | Should -Be $file
            Get-Content $file -Raw | Should -Be $all.Text
        }

        It 'tells of a folder that does not exist' {
            { New-ApexRedirectConfig -Path (Join-Path $TestDrive 'no/such/file.conf') -SkipTest } | Should -Throw -ErrorId 'FileWriteFailed,*'
        }

        It 'refuses one file for two inventories' {
            Copy-Item $sample (Join-Path $TestDrive 'second.yml')
            { @(Get-HostedSite acme) + @(Get-HostedSite acme -InventoryPath (Join-Path $TestDrive 'second.yml')) | New-ApexRedirectConfig -Path $file -SkipTest } |
                Should -Throw -ErrorId 'InvalidArgument,*'
            $file | Should -Not -Exist
        }
    }

    It 'writes no file that the server refuses, and gives the text and its words' -Skip:$IsWindows {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'bin') -Force
        $fake = Join-Path $folder 'nginx'
        Set-Content $fake "#!/bin/sh`necho 'nginx: [emerg] no' >&2`nexit 1"
        chmod +x $fake
        $path = $env:PATH
        $file = Join-Path $TestDrive 'refused.conf'
        try {
            $env:PATH = "$folder$([IO.Path]::PathSeparator)$path"
            $seen = [Collections.Generic.List[object]]::new()
            { New-ApexRedirectConfig -Path $file | ForEach-Object { $seen.Add($_) } } | Should -Throw -ErrorId 'ApexConfigRejected,*'
        }
        finally {
            $env:PATH = $path
        }
        $file | Should -Not -Exist
        $seen[0].Test.Outcome | Should -Be 'Failed'
        $seen[0].Test.Output | Should -Be 'nginx: [emerg] no'
        $seen[0].Text | Should -Be $all.Text
    }

    It 'names the site and setting that cannot stand in a configuration' {
        $file = Join-Path $TestDrive 'odd.yml'
        Set-Content $file (((Get-Content $sample -Raw) -replace '(?ms)^apex:.*?(?=^\S|\z)') + "`napex: { elasticIp: 198.51.100.99, redirect: { acmeRoot: '/var/`$host' } }`n")
        { New-ApexRedirectConfig -InventoryPath $file -SkipTest } | Should -Throw -ErrorId 'InventoryInvalid,*'
        (Test-HostingInventory $file).Code | Should -Be 'INV051'
    }

    It 'shows a table and a list that fit 80 columns' {
        $table = ($all | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ }
        $table[0] | Should -Be 'Format  Sites  Names Test    Checksum     Path'
        $table[2] | Should -BeLike "Nginx*8*10*Skipped*$($all.Checksum.Substring(0, 12))*"
        $list = ($all | Format-List | Out-String -Width 80) -split '\r?\n'
        $list -match '^Reason\s+: It was not asked for\.' | Should -HaveCount 1
        $list -match '^Text\s+: \d+ lines' | Should -HaveCount 1
        $table + $list | ForEach-Object { ($_ -replace '\x1b\[[0-9;]*m').Length | Should -BeLessOrEqual 80 }
    }
}
