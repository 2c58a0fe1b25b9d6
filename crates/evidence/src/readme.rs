//! The note for a reader who never heard of us. It never changes within a version of the format.

pub const READ_ME: &str = "\
GÓI TÀI LIỆU ĐƯỢC GIỮ LẠI
(English below)

Trong thư mục này có gì
- index.html: mở bằng trình duyệt để đọc hoặc in. Mọi thứ theo thứ tự.
- data: các tệp đúng như người giữ đã đưa vào, không sửa một byte nào.
- about.json: tên gốc, độ dài, mã SHA-256 của từng tệp; ai trao gì cho ai, lúc nào.
- proof: bằng chứng về thời gian.
- Các tệp còn lại làm cho thư mục này là một \"bag\" theo chuẩn RFC 8493, nơi lưu trữ nào cũng kiểm tra được.

Gói này chứng minh điều gì
- Đúng các byte này đã có vào lúc ghi trong proof/time.txt. Sau đó đổi một byte thì sẽ lộ ra.

Gói này không chứng minh điều gì
- Không chứng minh ai đã viết tin nhắn, ai chụp ảnh, hay nội dung có thật hay không.
- Không thay cho máy và cuộc trò chuyện gốc: xin hãy giữ cả hai.
- Người được nhắc tới ở đây là người bị phản ánh, chưa phải người có tội.

Cách kiểm tra (không cần mạng)
- haidang verify GÓI.zip
  So khoá công khai trong proof/time.txt với khoá mà nơi chạy máy chủ công bố: thêm --key KHOÁ
- Trong thư mục đã giải nén:
  sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
  bagit.py --validate .
- Nếu có proof/time-stamp.tsr:
  openssl ts -verify -data proof/statement.bin -in proof/time-stamp.tsr -CAfile CA.pem -untrusted proof/authority.pem
  CA.pem là chứng chỉ gốc bạn tự lấy từ nơi cấp dấu thời gian.

Nếu trong gói có ảnh, clip nhạy cảm của người dưới 18 tuổi: đừng xem, đừng sao chép, đừng gửi tiếp; báo 111 hoặc công an.


DOCUMENTS THAT WERE KEPT

What is in this folder
- index.html: open it in a browser to read or print. Everything in order.
- data: the files as they were handed in, not one byte changed.
- about.json: original names, lengths and SHA-256 of every file; who handed what to whom, and when.
- proof: the proof of the time.
- The other files make this folder a \"bag\" (RFC 8493), which any archive can check.

What this package proves
- That these very bytes were there at the time in proof/time.txt. If one byte is changed later, it shows.

What it doesn't prove
- Not who wrote a message or took a picture, nor whether what it says is true.
- It doesn't replace the device and the original chat: please keep both.
- Whoever is named here was reported, not found guilty.

How to check it (without network)
- haidang verify PACKAGE.zip
  Compare the public key in proof/time.txt with the one that the server's operator publishes: add --key KEY
- In the unpacked folder:
  sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
  bagit.py --validate .
- If there is a proof/time-stamp.tsr:
  openssl ts -verify -data proof/statement.bin -in proof/time-stamp.tsr -CAfile CA.pem -untrusted proof/authority.pem
  CA.pem is the root certificate that you fetch yourself from the time-stamping authority.

If there are sexual pictures of anyone under 18 in it: don't view, copy or pass them on; tell 111 or the police.
";
