# Whole processes, as schedulers and people start them: exit codes, and what is written when nobody looks.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath

    # The streams of a process, as it wrote them.
    function Invoke-Process([string[]] $Argument, [hashtable] $Environment = @{}) {
        $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        foreach ($one in @('-NoProfile', '-NonInteractive') + $Argument) { $start.ArgumentList.Add($one) }
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $out = $process.StandardOutput.ReadToEndAsync()
        $err = $process.StandardError.ReadToEndAsync()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Out = $out.Result; Err = $err.Result }
    }

    $script = Join-Path $TestDrive 'job.ps1'
    function Invoke-Script([string] $Text, [hashtable] $Environment = @{}) {
        Set-Content $script "Import-Module '$modulePath'`n$Text"
        Invoke-Process @('-File', $script) $Environment
    }
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'Exit codes' {
    It 'pwsh -File ends with <Code> after <Text>' -ForEach @(
        @{ Text = 'Get-HostedSite acme'; Code = 0 }
        @{ Text = 'Get-HostedSite nosuch'; Code = 0 }
        @{ Text = 'Get-HostedSite nosuch -ErrorAction Stop'; Code = 1 }
        @{ Text = '$ErrorActionPreference = "Stop"; Get-HostedSite -InventoryPath none.yml; exit 0'; Code = 1 }
        @{ Text = '$ErrorActionPreference = "Stop"; Invoke-SiteFailover acme -Force; exit 0'; Code = 1 }
        @{ Text = 'Get-HostedSite nosuch; exit ($? ? 0 : 9)'; Code = 9 }
        @{ Text = 'try { Get-HostedSite nosuch -ErrorAction Stop } catch { exit 7 }'; Code = 7 }
    ) {
        (Invoke-Script $Text).ExitCode | Should -Be $Code
    }

    It 'pwsh -Command ends with <Code> after <Text>' -ForEach @(
        @{ Text = 'Get-HostedSite acme'; Code = 0 }
        @{ Text = 'Get-HostedSite nosuch'; Code = 1 }
        @{ Text = 'Get-HostedSite -InventoryPath none.yml'; Code = 1 }
        @{ Text = 'Get-HostedSite nosuch; Get-HostedSite acme'; Code = 0 }
        @{ Text = 'Invoke-SiteFailover acme -Force'; Code = 1 }
        @{ Text = 'Set-SiteDnsTarget acme right'; Code = 1 }
    ) {
        (Invoke-Process '-Command', "Import-Module '$modulePath'; $Text").ExitCode | Should -Be $Code
    }

    Context 'of the script in docs/scripting.md' {
        BeforeAll {
            $page = Get-Content (Join-Path $PSScriptRoot '../../docs/scripting.md') -Raw
            $text = [regex]::Match($page, '(?s)```powershell\r?\n(.*?)```').Groups[1].Value
            $text | Should -Match 'Import-Module HostingOps'
            $move = Join-Path $TestDrive 'move.ps1'
            Set-Content $move ($text -replace 'Import-Module HostingOps', "Import-Module '$modulePath'")
        }

        It 'are 0 for a move' {
            $run = Invoke-Process '-File', $move, '-Name', 'acme,clinic'
            $run.ExitCode | Should -Be 0 -Because ($run.Out + $run.Err)
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic right'
            $null = Set-SiteDnsTarget acme, clinic left -Force
        }

        It 'are 1 for a name that is none, and the others are moved' {
            (Invoke-Process '-File', $move, '-Name', 'nosuch,acme').ExitCode | Should -Be 1
            Get-ActiveHost | Should -Be 'acme right, bakery right, clinic left'
            $null = Set-SiteDnsTarget acme left -Force
        }

        It 'are 1 without an inventory' {
            (Invoke-Process '-File', $move, '-Name', 'acme' -Environment @{ HOSTINGOPS_INVENTORY = (Join-Path $TestDrive 'none.yml') }).ExitCode | Should -Be 1
        }

        It 'are 4 for a refusal, and the others are moved' {
            Disable-SiteFailover acme Migration
            (Invoke-Process '-File', $move, '-Name', 'acme,clinic').ExitCode | Should -Be 4
            Enable-SiteFailover acme
            Get-ActiveHost | Should -Be 'acme left, bakery right, clinic right'
            $null = Set-SiteDnsTarget clinic left -Force
        }
    }
}

Describe 'What is written' {
    BeforeAll {
        $everything = @'
Get-HostedSite | Format-Table; Get-SiteDnsTarget | Format-Table; Test-SiteHealth -Target All | Format-Table; Get-SiteFailoverPlan acme | Format-List
Get-SiteFailoverHistory | Format-List; Test-SiteHealth acme | Format-List; Get-HostedSite acme | Format-List
Invoke-SiteFailover acme -Planned -WhatIf
'@
    }

    It 'to a file has no escape codes, in any stream' {
        $file = Join-Path $TestDrive 'written.txt'
        $run = Invoke-Script "& { $everything; Get-HostedSite nosuch; Test-SiteHealth acme -Verbose | Format-Table } *> '$file'; exit 0"
        $run.ExitCode | Should -Be 0
        $written = Get-Content $file -Raw
        $written | Should -Match 'acme +left +Healthy'
        $written | Should -Match "There is no site 'nosuch'"
        $written | Should -Match '(?m)^(VERBOSE: )?acme: HEAD https://\S+ to left at \S+: Healthy, \d+ ms'
        ([regex]::Matches($written, "`e")).Count | Should -Be 0
    }

    It 'with NO_COLOR has none in any stream, not in errors, warnings and verbose either' {
        $run = Invoke-Script "$everything; Invoke-SiteFailover acme -Planned -Verbose -WhatIf; Get-HostedSite nosuch; Get-SiteFailoverHistory | Resume-SiteFailover; Invoke-SiteFailover acme -Planned" @{ NO_COLOR = '1' }
        $run.Out | Should -Match 'VERBOSE: '
        $run.Err | Should -Match "There is no site 'nosuch'"
        $run.Err | Should -Match 'nobody can be asked'
        ([regex]::Matches($run.Out + $run.Err, "`e")).Count | Should -Be 0
    }

    It 'shows a recommendation with the error' {
        $run = Invoke-Script 'Get-HostedSite acmee' @{ NO_COLOR = '1' }
        $run.Err | Should -Match "Did you mean 'acme'\?"
    }

    It 'is the same in another culture and user interface: <_>' -ForEach 'de-DE', 'tr-TR', 'ar-SA' {
        $text = @"
[cultureinfo]::CurrentCulture = '$_'; [cultureinfo]::CurrentUICulture = '$_'
'CLINIC', 'I*' | Get-HostedSite -ErrorAction SilentlyContinue | ForEach-Object Name
(Get-SiteFailoverPlan CLINIC -Planned).Change.After[0].Ttl
(Disable-SiteFailover clinic Migration -Duration 1:30:00 -PassThru | ForEach-Object { (`$_.Until - `$_.Since).TotalMinutes.ToString('0', [cultureinfo]::InvariantCulture) })
Enable-SiteFailover clinic
try { Disable-SiteFailover clinic Migration -Until ([datetime]'2020-01-31') } catch { "`$_" }
"@
        $run = Invoke-Script $text @{ NO_COLOR = '1'; TZ = 'UTC' }
        $lines = $run.Out.Trim() -split '\r?\n'
        $lines | Should -Be @('clinic', '60', '90', '-Until is 2020-01-31 00:00:00Z, which has passed; a time to come is needed.') -Because $run.Err
    }

    It 'has times of UTC, and says so, in views and in objects, whatever the reader''s zone' {
        $null = Set-SiteDnsTarget acme right -Force
        $null = Set-SiteDnsTarget acme left -Force
        $text = @'
$newest = Get-SiteFailoverHistory acme -Since (Get-Date).AddMinutes(-5) | Select-Object -First 1
$newest.StartedAt.Offset.TotalMinutes
$newest.StartedAt.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture) + 'Z'
$newest | Out-String
$pause = Disable-SiteFailover acme Migration -Until (Get-Date).AddHours(1) -PassThru
[Math]::Round(($pause.Until - $pause.Since).TotalMinutes)
Enable-SiteFailover acme
'@
        $run = Invoke-Script $text @{ NO_COLOR = '1'; TZ = 'Asia/Kolkata' }
        $lines = $run.Out -split '\r?\n'
        $lines[0] | Should -Be '0'
        ($lines | Select-Object -Skip 2) -join "`n" | Should -Match ([regex]::Escape($lines[1]))
        @($lines | Where-Object { $_ })[-1] | Should -Be '60'
    }
}
